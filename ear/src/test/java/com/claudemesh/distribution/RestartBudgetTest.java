package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private final RestartBudget budget = new RestartBudget();

    @Test
    void take_first_isImmediate() {
        assertThat(budget.take(0)).contains(Duration.ZERO);
    }

    @Test
    void take_again_waitsTwiceAsLongEachTime() {
        budget.take(0);

        assertThat(budget.take(1)).contains(Duration.ofMillis(500));
        assertThat(budget.take(2)).contains(Duration.ofMillis(1_000));
        assertThat(budget.take(3)).contains(Duration.ofMillis(2_000));
    }

    @Test
    void take_beyondLimitWithinWindow_isRefused() {
        exhaust();

        assertThat(budget.take(RestartBudget.WINDOW.toMillis() - 1)).isEmpty();
    }

    @Test
    void take_afterWindow_isImmediateAgain() {
        exhaust();

        assertThat(budget.take(RestartBudget.WINDOW.toMillis())).contains(Duration.ZERO);
    }

    private void exhaust() {
        for (int i = 0; i < RestartBudget.LIMIT; i++) {
            assertThat(budget.take(0)).isPresent();
        }
    }
}
