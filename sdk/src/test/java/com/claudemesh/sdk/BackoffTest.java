package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waits_growToHalfAMinute() {
        Backoff backoff = new Backoff(new HighestNumbers());
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(backoff.nextMillis());
        }

        assertThat(waits).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void waits_afterSuccess_beginAgain() {
        Backoff backoff = new Backoff(new HighestNumbers());
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.reset();

        assertThat(backoff.nextMillis()).isEqualTo(1_000);
    }

    @Test
    void waits_areSpreadFromZero() {
        Random random = new Random(1);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waits.add(new Backoff(random).nextMillis());
        }

        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 1_000).anyMatch(wait -> wait < 50);
    }

    @Test
    void wait_afterAReplacement_isHalfAMinute() {
        assertThat(new Backoff(new Random(1)).afterReplacementMillis()).isBetween(30_000L, 31_000L);
    }
}
