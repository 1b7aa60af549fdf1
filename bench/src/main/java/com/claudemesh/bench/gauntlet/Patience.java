package com.claudemesh.bench.gauntlet;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what nobody announces, for a bounded time. */
public final class Patience {
    private static final long POLL_NANOS = 10_000_000;

    private Patience() {}

    /** True as soon as the condition holds, false when it does not within that time. */
    public static boolean until(Duration atMost, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** As {@link #until}, but failing with what was waited for. */
    public static void require(String what, Duration atMost, Callable<Boolean> condition) throws Exception {
        if (!until(atMost, condition)) {
            throw new BrokenPromise(what + " did not happen within " + atMost.toSeconds() + " s");
        }
    }

    /** Lets time pass in which a fault is under way. */
    public static void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
