package com.claudemesh.sdk;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs one client's work one piece at a time and in order, on shared threads. After a few pieces it goes to the back of
 * the executor's queue, so that a busy client does not starve the others. Safe for any thread.
 */
final class SerialLane {
    private static final Logger LOG = System.getLogger(SerialLane.class.getName());
    private static final int PIECES_PER_TURN = 32;

    private final Executor workers;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private boolean running;
    private volatile int waiting;
    private volatile @Nullable Thread runner;

    SerialLane(Executor workers) {
        this.workers = workers;
    }

    synchronized void run(Runnable work) {
        queue.add(work);
        waiting = queue.size();
        if (!running) {
            running = true;
            workers.execute(this::turn);
        }
    }

    /** Pieces that have not begun. */
    int waiting() {
        return waiting;
    }

    /** Whether the calling thread is running a piece of this lane. */
    boolean isCurrentThread() {
        return runner == Thread.currentThread();
    }

    private void turn() {
        for (int i = 0; i < PIECES_PER_TURN; i++) {
            Runnable next = next();
            if (next == null) {
                return;
            }
            runner = Thread.currentThread();
            runGuarded(next);
            runner = null;
        }
        workers.execute(this::turn);
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = queue.poll();
        waiting = queue.size();
        running = next != null;
        return next;
    }

    /** One failing piece must not end the lane. */
    private static void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "event=client_work_failed", e);
        }
    }
}
