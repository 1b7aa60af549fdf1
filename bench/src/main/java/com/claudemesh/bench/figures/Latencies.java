package com.claudemesh.bench.figures;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects durations of a known number of events without allocating; safe for many writers, read when they are done. */
public final class Latencies {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    public Latencies(int maxEvents) {
        nanos = new long[maxEvents];
    }

    public void add(long durationNanos) {
        int index = count.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = durationNanos;
        }
    }

    public Percentiles percentiles() {
        long[] sorted = Arrays.copyOf(nanos, Math.min(count.get(), nanos.length));
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double rank) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = Math.max(0, (int) Math.ceil(rank * sorted.length) - 1);
        return Math.round(sorted[index] / 10_000.0) / 100.0;
    }
}
