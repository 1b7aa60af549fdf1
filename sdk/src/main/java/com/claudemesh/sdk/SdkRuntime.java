package com.claudemesh.sdk;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * Threads and sockets that clients share: a few threads serve a thousand connections. Close it after its clients. Safe
 * for any thread.
 */
public final class SdkRuntime implements AutoCloseable {
    private final HttpClient http;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;

    private SdkRuntime(int threads) {
        ThreadFactory factory = work -> {
            Thread thread = new Thread(work, "claudemesh-sdk");
            thread.setDaemon(true);
            return thread;
        };
        workers = Executors.newFixedThreadPool(threads, factory);
        timer = new ScheduledThreadPoolExecutor(1, factory);
        timer.setRemoveOnCancelPolicy(true);
        http = HttpClient.newBuilder().executor(workers).build();
    }

    /** For many clients in one process. */
    public static SdkRuntime shared() {
        return new SdkRuntime(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /** For one or a few clients. */
    public static SdkRuntime small() {
        return new SdkRuntime(3);
    }

    HttpClient http() {
        return http;
    }

    Executor workers() {
        return workers;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
