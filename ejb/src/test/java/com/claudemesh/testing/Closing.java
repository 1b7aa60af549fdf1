package com.claudemesh.testing;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Closes what takes a while to stop, as a writer that looks up once a second does, while the next tests run. A failure of
 * that fails a later test.
 */
public final class Closing {
    private static final Queue<FutureTask<Void>> RUNNING = new ConcurrentLinkedQueue<>();

    private Closing() {}

    public static void inBackground(AutoCloseable what) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            what.close();
            return null;
        });
        Thread thread = new Thread(task, "closing");
        thread.setDaemon(true);
        thread.start();
        RUNNING.add(task);
        checkFinished();
    }

    private static void checkFinished() {
        for (Iterator<FutureTask<Void>> tasks = RUNNING.iterator(); tasks.hasNext(); ) {
            FutureTask<Void> task = tasks.next();
            if (task.isDone()) {
                tasks.remove();
                check(task);
            }
        }
    }

    private static void check(FutureTask<Void> finished) {
        try {
            finished.get();
        } catch (ExecutionException e) {
            throw new AssertionError("what an earlier test left could not be closed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
