package com.claudemesh.sdk;

import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: 1, 2, 4, 8, 16, 30 seconds with full jitter, so that a restarted server is not stormed
 * by everybody at once. Not safe for several threads.
 */
public final class Backoff {
    private static final long[] BASE_MILLIS = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000};
    /** Another connection has taken this session: coming back at once would only throw that one out. */
    private static final long REPLACED_MILLIS = 30_000;

    private final RandomGenerator random;
    private int attempt;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait before the next attempt, in [0, base]. */
    public long nextMillis() {
        long base = BASE_MILLIS[Math.min(attempt++, BASE_MILLIS.length - 1)];
        return random.nextLong(base + 1);
    }

    long afterReplacementMillis() {
        return REPLACED_MILLIS + random.nextLong(1_000);
    }

    public void reset() {
        attempt = 0;
    }
}
