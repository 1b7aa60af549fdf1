package com.claudemesh.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentiles_hundredEvents_areNearestRanksInMilliseconds() {
        Latencies latencies = new Latencies(100);
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.percentiles()).isEqualTo(new Percentiles(50, 95, 99, 100));
    }

    @Test
    void percentiles_oneEvent_isAllOfThem() {
        Latencies latencies = new Latencies(10);
        latencies.add(1_234_567);

        assertThat(latencies.percentiles()).isEqualTo(new Percentiles(1.23, 1.23, 1.23, 1.23));
    }

    @Test
    void percentiles_noEvent_isZero() {
        assertThat(new Latencies(10).percentiles()).isEqualTo(new Percentiles(0, 0, 0, 0));
    }

    @Test
    void add_moreThanAnnounced_keepsTheFirst() {
        Latencies latencies = new Latencies(1);
        latencies.add(1_000_000);
        latencies.add(9_000_000);

        assertThat(latencies.percentiles().max()).isEqualTo(1);
    }
}
