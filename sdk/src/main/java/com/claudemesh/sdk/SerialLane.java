package com.claudemesh.sdk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs one client's work one piece at a time and in order, on shared threads. Safe for any thread. */
final class SerialLane {
    private final Executor workers;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private boolean running;

    SerialLane(Executor workers) {
        this.workers = workers;
    }

    synchronized void run(Runnable work) {
        queue.add(work);
        if (!running) {
            running = true;
            workers.execute(this::turn);
        }
    }

    private void turn() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = queue.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            next.run();
        }
    }
}
