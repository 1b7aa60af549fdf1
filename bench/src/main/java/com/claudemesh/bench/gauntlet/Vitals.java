package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.server.ServerState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server process holds at one moment.
 *
 * @param threads without those of pools that the container or Java itself bounds: they fill under load, some only minutes
 *     after the baseline, and a pool that is stuck shows as a server that does not answer
 * @param openFiles file descriptors, sockets included
 * @param liveHeapBytes reachable objects, counted after a full collection
 */
public record Vitals(long pid, int threads, int openFiles, long liveHeapBytes) {
    /** How names of threads in bounded pools begin: HTTP listeners, EJB timers, Java's compilers. */
    private static final List<String> BOUNDED_POOLS =
            List.of("http-thread-poo", "__ejb-thread-po", "C1 CompilerThre", "C2 CompilerThre");

    /** Our own pools may hold a few more than at the baseline. */
    static final int THREAD_SLACK = 16;

    static final int FILE_SLACK = 24;
    static final long HEAP_SLACK_BYTES = 24L << 20;

    static Vitals of(ServerState state) throws IOException, InterruptedException {
        return new Vitals(
                state.server().pid(),
                unboundedThreads(state.server().threadNames()),
                state.server().openFiles(),
                state.heap().liveBytes());
    }

    /** How many of the threads no bounded pool holds. */
    static int unboundedThreads(List<String> names) {
        return (int) names.stream()
                .filter(name -> BOUNDED_POOLS.stream().noneMatch(name::startsWith))
                .count();
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
