package com.claudemesh.bench.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final Vitals BASELINE = new Vitals(1, 100, 200, 80L << 20);

    @Test
    void leaksSince_withinTheSlack_isNone() {
        Vitals now = new Vitals(
                1,
                100 + Vitals.THREAD_SLACK,
                200 + Vitals.FILE_SLACK,
                BASELINE.liveHeapBytes() + Vitals.HEAP_SLACK_BYTES);

        assertThat(now.leaksSince(BASELINE)).isEmpty();
    }

    @Test
    void leaksSince_less_isNone() {
        assertThat(new Vitals(2, 10, 20, 1L << 20).leaksSince(BASELINE)).isEmpty();
    }

    @Test
    void leaksSince_moreOfEverything_namesEach() {
        Vitals now = new Vitals(1, 600, 700, 400L << 20);

        assertThat(now.leaksSince(BASELINE))
                .containsExactly("threads 100 → 600", "files 200 → 700", "heap 80 → 400 MiB");
    }

    @Test
    void unboundedThreads_poolsOfTheContainerAndCompilers_doNotCount() {
        List<String> names =
                List.of("http-thread-poo", "http-thread-poo", "__ejb-thread-po", "C2 CompilerThre", "journal", "main");

        assertThat(Vitals.unboundedThreads(names)).isEqualTo(2);
    }
}
