package com.claudemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.identity.Throttle.Limit;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Limit FIVE_A_MINUTE = new Limit("test", 5, Duration.ofMinutes(1));
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final Throttle throttle = identity.throttle;

    @Test
    void take_withinTheLimit_waitsForNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.take(FIVE_A_MINUTE, "k")).isZero();
        }
    }

    @Test
    void take_oneTooMany_saysHowLongToWait() {
        exhaust();

        assertThat(throttle.take(FIVE_A_MINUTE, "k")).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void take_afterTheWait_succeedsOnce() {
        exhaust();
        identity.clock.advance(Duration.ofSeconds(12));

        assertThat(throttle.take(FIVE_A_MINUTE, "k")).isZero();
        assertThat(throttle.take(FIVE_A_MINUTE, "k")).isPositive();
    }

    @Test
    void take_otherKeyOrScope_isNotConcerned() {
        exhaust();

        assertThat(throttle.take(FIVE_A_MINUTE, "other")).isZero();
        assertThat(throttle.take(new Limit("other", 5, Duration.ofMinutes(1)), "k"))
                .isZero();
    }

    @Test
    void take_manyAtOnce_neverMoreThanTheLimit() throws Exception {
        List<Duration> waits = AtOnce.run(16, () -> throttle.take(FIVE_A_MINUTE, "k"));

        assertThat(waits).filteredOn(Duration::isZero).hasSize(5);
    }

    @Test
    void forgive_exhaustedBucket_isFullAgain() {
        exhaust();

        throttle.forgive(FIVE_A_MINUTE, "k");

        assertThat(throttle.take(FIVE_A_MINUTE, "k")).isZero();
    }

    @Test
    void sweep_bucketThatIsFullAgain_isDeletedAndOthersStay() {
        exhaust();
        identity.clock.advance(Duration.ofSeconds(30));
        throttle.take(FIVE_A_MINUTE, "young");
        identity.clock.advance(Duration.ofSeconds(31));
        throttle.take(FIVE_A_MINUTE, "new");

        int deleted = identity.transactions.run(connection -> throttle.sweep(connection, 100));

        assertThat(deleted).isEqualTo(2);
        assertThat(identity.count("public.throttle")).isEqualTo(1);
    }

    private void exhaust() {
        for (int i = 0; i < 5; i++) {
            throttle.take(FIVE_A_MINUTE, "k");
        }
    }
}
