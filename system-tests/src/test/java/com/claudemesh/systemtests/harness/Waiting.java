package com.claudemesh.systemtests.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that nobody announces, for a bounded time. */
public final class Waiting {
    private Waiting() {}

    /** Returns the first non-null, non-false result within the time; fails naming what was awaited. */
    public static <T> T until(String what, Duration atMost, Callable<T> probe) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                T result = probe.call();
                if (result != null && !Boolean.FALSE.equals(result)) {
                    return result;
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not within " + atMost + ": " + what, last);
    }
}
