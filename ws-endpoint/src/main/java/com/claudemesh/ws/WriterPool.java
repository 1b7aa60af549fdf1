package com.claudemesh.ws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs short tasks that do not block, on as few threads as keep up: who is awake takes what is waiting, and another thread is
 * woken only when that becomes too much. To wake a thread costs as much as to write a frame, and what a commit releases comes
 * as a handful of frames at once.
 *
 * <p>{@link #execute} is safe for any thread and never blocks. Tasks of one caller may run at the same time and in any order.
 */
final class WriterPool implements Executor, AutoCloseable {
    private static final Logger LOG = System.getLogger(WriterPool.class.getName());
    /** So many tasks may wait for each thread that is awake. */
    private static final int WAITING_PER_THREAD = 3;

    private static final long CLOSE_SECONDS = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int awake;
    private boolean closed;

    /** Starts the threads. */
    WriterPool(int size, ThreadFactory factory) {
        awake = size;
        for (int i = 0; i < size; i++) {
            threads.add(factory.newThread(this::run));
        }
        threads.forEach(Thread::start);
    }

    /** Queues a task; it runs even when the pool is closed meanwhile, but not when it was closed before. */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            tasks.add(task);
            wakeIfNeeded();
        } finally {
            lock.unlock();
        }
    }

    private void wakeIfNeeded() {
        if (awake < threads.size() && tasks.size() > awake * WAITING_PER_THREAD) {
            awake++;
            work.signal();
        }
    }

    /** How many threads run tasks or are about to. */
    int awake() {
        lock.lock();
        try {
            return awake;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Runnable task = next();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "event=write_task_failed", e);
            }
            task = next();
        }
    }

    /** Waits for a task; null when the pool is closed and none is left. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (tasks.isEmpty()) {
                if (closed) {
                    return null;
                }
                awake--;
                work.awaitUninterruptibly();
            }
            Runnable task = tasks.poll();
            wakeIfNeeded();
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Runs what is waiting, then ends the threads. Waits up to five seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            awake = threads.size();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (Thread thread : threads) {
            join(thread, deadline);
        }
    }

    private static void join(Thread thread, long deadlineNanos) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
