package com.claudemesh.cli.mcp;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer in real time. What is left when it is closed is not done. */
final class ThreadTimer implements Timer, AutoCloseable {
    private final Diagnostics log;
    private final ScheduledThreadPoolExecutor thread;

    ThreadTimer(Diagnostics log, String threadName) {
        this.log = log;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread made = new Thread(work, threadName);
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void after(Duration delay, Runnable work) {
        thread.schedule(() -> run(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable work) {
        after(Duration.ZERO, work);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.warn(String.valueOf(failed.getMessage()));
        }
    }
}
