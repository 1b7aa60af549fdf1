package com.claudemesh.sdk;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads and sockets that clients share: a few threads serve a thousand connections. Close it after its clients. Safe
 * for any thread.
 *
 * <p>Sockets and answers are worked on by threads that must not wait for anything; listeners and inbox files, which may,
 * have threads of their own.
 */
public final class SdkRuntime implements AutoCloseable {
    private final HttpClient http;
    private final ExecutorService workers;
    private final ExecutorService handlers;
    private final ScheduledThreadPoolExecutor timer;

    private SdkRuntime(int workerThreads, int handlerThreads) {
        workers = Executors.newFixedThreadPool(workerThreads, threads("claudemesh-io"));
        handlers = Executors.newFixedThreadPool(handlerThreads, threads("claudemesh-listener"));
        // It rejects only once it is closed, and then nothing is due any more.
        timer = new ScheduledThreadPoolExecutor(1, threads("claudemesh-timer"), new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        http = HttpClient.newBuilder().executor(workers).build();
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** For many clients in one process. */
    public static SdkRuntime shared() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new SdkRuntime(Math.max(2, processors), Math.max(4, 2 * processors));
    }

    /** For one or a few clients. */
    public static SdkRuntime small() {
        return new SdkRuntime(2, 2);
    }

    HttpClient http() {
        return http;
    }

    /** For short work that never waits. */
    Executor workers() {
        return workers;
    }

    /** For listeners and files. */
    Executor handlers() {
        return handlers;
    }

    /** Runs short work on a worker after a while. */
    Future<?> after(long delayMillis, Runnable work) {
        return timer.schedule(() -> workers.execute(work), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Runs short work on a worker again and again, until cancelled. */
    Future<?> every(long periodMillis, Runnable work) {
        return timer.scheduleWithFixedDelay(
                () -> workers.execute(work), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        handlers.shutdown();
        workers.shutdown();
    }
}
