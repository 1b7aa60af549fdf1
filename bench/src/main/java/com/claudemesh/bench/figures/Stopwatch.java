package com.claudemesh.bench.figures;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Wall time from a start to the latest of many events, and the processor time this process took meanwhile. */
public final class Stopwatch {
    private final long startedNanos = System.nanoTime();
    private final long startedCpuNanos = cpuNanos();
    private final AtomicLong lastNanos = new AtomicLong(startedNanos);

    /** Something happened at that time. */
    public void event(long nowNanos) {
        if (nowNanos - lastNanos.get() > 0) {
            lastNanos.accumulateAndGet(nowNanos, Math::max);
        }
    }

    public long startedNanos() {
        return startedNanos;
    }

    /** From the start to the latest event. */
    public long elapsedNanos() {
        return lastNanos.get() - startedNanos;
    }

    /** Processor time since the start over wall time since the start; 100 is one core. */
    public double cpuPercent() {
        double wall = Math.max(1, System.nanoTime() - startedNanos);
        return Math.round((cpuNanos() - startedCpuNanos) / wall * 1000) / 10.0;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
