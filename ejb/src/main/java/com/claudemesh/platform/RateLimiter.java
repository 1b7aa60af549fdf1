package com.claudemesh.platform;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * A token bucket per key: {@code burst} at once, then {@code perMinute}. Buckets that nobody used for ten minutes are
 * forgotten by {@link #sweep}; beyond a hundred thousand keys new ones are refused. Safe for any thread.
 */
public final class RateLimiter {
    private static final long IDLE_NANOS = 600_000_000_000L;
    private static final int MAX_KEYS = 100_000;
    private static final long FULL_RETRY_MILLIS = 60_000;

    private static final class Bucket {
        private double tokens;
        private long touchedNanos;
    }

    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final int burst;
    private final double perNano;
    private final LongSupplier nanoClock;

    public RateLimiter(int burst, int perMinute, LongSupplier nanoClock) {
        this.burst = burst;
        this.perNano = perMinute / 60e9;
        this.nanoClock = nanoClock;
    }

    /** Takes a token and returns 0, or takes none and returns after how many milliseconds one will be there (≥ 1). */
    public long tryAcquire(String key) {
        long now = nanoClock.getAsLong();
        if (buckets.size() >= MAX_KEYS && !buckets.containsKey(key)) {
            sweep();
            if (buckets.size() >= MAX_KEYS) {
                return FULL_RETRY_MILLIS;
            }
        }
        long[] waitMillis = new long[1];
        buckets.compute(key, (id, current) -> {
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
