package com.claudemesh.messaging;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Token bucket per member: {@code burst} sends at once, then {@code perMinute}. All sessions of a member share it. Safe
 * for any thread.
 */
public final class SendLimiter {
    private static final long IDLE_NANOS = 600_000_000_000L;

    private static final class Bucket {
        private double tokens;
        private long touchedNanos;
    }

    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final int burst;
    private final double perNano;
    private final LongSupplier nanoClock;

    public SendLimiter(int burst, int perMinute, LongSupplier nanoClock) {
        this.burst = burst;
        this.perNano = perMinute / 60e9;
        this.nanoClock = nanoClock;
    }

    /** Takes a token and returns 0, or takes none and returns after how many milliseconds one will be there (≥ 1). */
    public long tryAcquire(String memberId) {
        long now = nanoClock.getAsLong();
        long[] waitMillis = new long[1];
        buckets.compute(memberId, (id, current) -> {
            Bucket bucket = current;
            if (bucket == null) {
                bucket = new Bucket();
                bucket.tokens = burst;
            } else {
                bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.touchedNanos) * perNano);
            }
            bucket.touchedNanos = now;
            if (bucket.tokens >= 1) {
                bucket.tokens -= 1;
            } else {
                waitMillis[0] = Math.max(1, (long) Math.ceil((1 - bucket.tokens) / perNano / 1e6));
            }
            return bucket;
        });
        return waitMillis[0];
    }

    /** Forgets buckets that nobody used for ten minutes; they are full again anyway. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        buckets.values().removeIf(bucket -> now - bucket.touchedNanos > IDLE_NANOS);
    }
}
