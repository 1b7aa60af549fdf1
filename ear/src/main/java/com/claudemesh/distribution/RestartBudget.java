package com.claudemesh.distribution;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How soon, and how often, something that died is started again: at once the first time, then after doubling pauses, and no
 * more than {@value #LIMIT} times within ten minutes.
 */
final class RestartBudget {
    static final int LIMIT = 10;
    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final Deque<Long> restartsMillis = new ArrayDeque<>();

    /**
     * Takes one restart.
     *
     * @param nowMillis of a clock that never goes back
     * @return the pause before it; empty when the limit is reached
     */
    Optional<Duration> take(long nowMillis) {
        while (!restartsMillis.isEmpty() && restartsMillis.peek() <= nowMillis - WINDOW.toMillis()) {
            restartsMillis.remove();
        }
        int recent = restartsMillis.size();
        if (recent == LIMIT) {
            return Optional.empty();
        }
        restartsMillis.add(nowMillis);
        if (recent == 0) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << (recent - 1))));
    }
}
