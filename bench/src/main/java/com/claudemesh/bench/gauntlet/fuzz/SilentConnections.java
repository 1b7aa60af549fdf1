package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.bench.gauntlet.BrokenPromise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Connections on which the framing itself was broken and which have not been answered since. What follows such a frame may
 * read like the start of a long one (Tyrus takes unmasked frames and has four bytes left over afterwards), so that the server
 * waits for the rest, and no answer can be due. It may wait as for any peer that fell silent, and not longer. For one thread.
 */
final class SilentConnections {
    /** Peers without a pong for 75 s are ended, which is looked at on each ping, every 30 s; and some time to notice. */
    private static final long LIVENESS_NANOS = TimeUnit.SECONDS.toNanos(75 + 30 + 20);

    private record Left(BlockingQueue<FuzzEvent> events, Runnable drop, long sinceNanos) {}

    private final List<Left> connections = new ArrayList<>();

    /** @param drop ends the connection from our side */
    void leave(BlockingQueue<FuzzEvent> events, Runnable drop) {
        connections.add(new Left(events, drop, System.nanoTime()));
    }

    /** Waits until each has been ended, or was only slow and has answered after all. */
    void requireEnds() throws BrokenPromise, InterruptedException {
        for (Left connection : connections) {
            long left = connection.sinceNanos() + LIVENESS_NANOS - System.nanoTime();
            FuzzEvent sign = connection.events().poll(Math.max(0, left), TimeUnit.NANOSECONDS);
            connection.drop().run();
            if (sign == null) {
                throw new BrokenPromise("a connection with broken framing was neither answered nor ended within "
                        + TimeUnit.NANOSECONDS.toSeconds(LIVENESS_NANOS) + " s");
            }
        }
        connections.clear();
    }
}
