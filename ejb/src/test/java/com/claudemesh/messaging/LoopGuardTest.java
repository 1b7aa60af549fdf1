package com.claudemesh.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopGuardTest {
    private long nowNanos;
    private final LoopGuard guard = new LoopGuard(4, 60, () -> nowNanos);

    @Test
    void tryPass_manyMessagesOneWay_areNoLoop() {
        assertThat(IntStream.range(0, 1_000).mapToLong(i -> guard.tryPass("alice", "bob")))
                .containsOnly(0L);
    }

    @Test
    void tryPass_moreTurnsThanTheBurst_waits() {
        takeTurns(5);

        assertThat(guard.tryPass("bob", "alice")).isBetween(1L, 1_000L);
    }

    @Test
    void tryPass_afterTheWait_passesAgain() {
        takeTurns(5);
        long waitMillis = guard.tryPass("bob", "alice");

        nowNanos += TimeUnit.MILLISECONDS.toNanos(waitMillis);

        assertThat(guard.tryPass("bob", "alice")).isZero();
    }

    @Test
    void tryPass_anotherPair_isNotSlowedDown() {
        takeTurns(5);

        assertThat(guard.tryPass("bob", "carol")).isZero();
        assertThat(guard.tryPass("carol", "bob")).isZero();
    }

    @Test
    void tryPass_betweenSessionsOfOneMember_isNeverALoop() {
        assertThat(IntStream.range(0, 100).mapToLong(i -> guard.tryPass("alice", "alice")))
                .containsOnly(0L);
    }

    /** The first message opens the conversation; each later one turns it around. */
    private void takeTurns(int messages) {
        for (int i = 0; i < messages; i++) {
            boolean fromAlice = i % 2 == 0;
            assertThat(guard.tryPass(fromAlice ? "alice" : "bob", fromAlice ? "bob" : "alice"))
                    .isZero();
        }
    }
}
