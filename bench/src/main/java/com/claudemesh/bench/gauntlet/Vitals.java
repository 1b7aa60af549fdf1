package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.server.ServerState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server process holds at one moment.
 *
 * @param openFiles file descriptors, sockets included
 * @param liveHeapBytes reachable objects, counted after a full collection
 */
public record Vitals(long pid, int threads, int openFiles, long liveHeapBytes) {
    /** Pools may hold a few more than at the baseline. */
    static final int THREAD_SLACK = 16;

    static final int FILE_SLACK = 24;
    static final long HEAP_SLACK_BYTES = 24L << 20;

    static Vitals of(ServerState state) throws IOException, InterruptedException {
        return new Vitals(
                state.server().pid(),
                state.server().threads(),
                state.server().openFiles(),
                state.heap().liveBytes());
    }

    /** In which respects this is more than the baseline allows; empty when nothing has leaked. */
    List<String> leaksSince(Vitals baseline) {
        List<String> leaks = new ArrayList<>();
        if (threads > baseline.threads + THREAD_SLACK) {
            leaks.add("threads " + baseline.threads + " → " + threads);
        }
        if (openFiles > baseline.openFiles + FILE_SLACK) {
            leaks.add("files " + baseline.openFiles + " → " + openFiles);
        }
        if (liveHeapBytes > baseline.liveHeapBytes + HEAP_SLACK_BYTES) {
            leaks.add("heap " + (baseline.liveHeapBytes >> 20) + " → " + (liveHeapBytes >> 20) + " MiB");
        }
        return leaks;
    }
}
