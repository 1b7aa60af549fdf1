package com.claudemesh.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when a test says so, for both kinds of time. */
final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private long nanos = 1_000;

    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
