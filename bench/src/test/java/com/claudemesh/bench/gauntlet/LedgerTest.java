package com.claudemesh.bench.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    private void acknowledge(int... numbers) {
        for (int number : numbers) {
            ledger.acknowledged(number);
        }
    }

    private void arrive(int... numbers) {
        for (int number : numbers) {
            ledger.arrived(number);
        }
    }

    @Test
    void balance_everythingArrivedOnceAndInOrder_holds() {
        acknowledge(0, 1, 2);
        arrive(0, 1, 2);

        assertThat(ledger.balance()).isEqualTo(new Balance(3, 0, 3, 0, 0, 0));
        assertThat(ledger.balance().holds()).isTrue();
    }

    @Test
    void balance_acknowledgedButNotArrived_isLost() {
        acknowledge(0, 1, 2);
        arrive(0, 2);

        assertThat(ledger.balance().lost()).isEqualTo(1);
        assertThat(ledger.balance().holds()).isFalse();
    }

    @Test
    void balance_arrivedWithoutAnAnswer_isNoLoss() {
        arrive(0);

        assertThat(ledger.balance().holds()).isTrue();
    }

    @Test
    void balance_refused_isNotLost() {
        ledger.refused(0);

        assertThat(ledger.balance()).isEqualTo(new Balance(0, 1, 0, 0, 0, 0));
        assertThat(ledger.balance().holds()).isTrue();
    }

    @Test
    void balance_arrivedTwice_isADuplicateAndNotOutOfOrder() {
        acknowledge(0, 1);
        arrive(0, 1, 0);

        assertThat(ledger.balance()).isEqualTo(new Balance(2, 0, 2, 0, 1, 0));
        assertThat(ledger.balance().holds()).isFalse();
    }

    @Test
    void balance_overtaken_isOutOfOrderOnce() {
        acknowledge(0, 1, 2);
        arrive(0, 2, 1);

        assertThat(ledger.balance()).isEqualTo(new Balance(3, 0, 3, 0, 0, 1));
        assertThat(ledger.balance().holds()).isFalse();
    }

    @Test
    void balance_aGapThatNeverArrives_isNoDisorder() {
        arrive(0, 5, 9);

        assertThat(ledger.balance().outOfOrder()).isZero();
    }

    @Test
    void since_anEarlierBalance_countsWhatWasAddedAndWhatIsMissingNow() {
        acknowledge(0, 1);
        arrive(0);
        Balance earlier = ledger.balance();
        acknowledge(2);
        arrive(2, 2);

        assertThat(ledger.balance().since(earlier)).isEqualTo(new Balance(1, 0, 1, 1, 1, 0));
    }

    @Test
    void of_severalLedgers_addsThemUp() {
        acknowledge(0);
        Ledger other = new Ledger();
        other.arrived(0);
        other.arrived(0);

        assertThat(Balance.of(List.of(ledger, other))).isEqualTo(new Balance(1, 0, 1, 1, 1, 0));
    }
}
