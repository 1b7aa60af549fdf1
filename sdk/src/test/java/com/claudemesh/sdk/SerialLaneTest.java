package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialLaneTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();

    private void runOneTurn() {
        threads.remove().run();
    }

    @Test
    void work_ofOneLane_runsInOrder() {
        SerialLane lane = new SerialLane(threads::add);
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            lane.run(() -> done.add(number));
        }

        runOneTurn();

        assertThat(done).containsExactly(0, 1, 2, 3, 4);
        assertThat(threads).isEmpty();
    }

    @Test
    void work_ofManyThreads_neverOverlaps() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        SerialLane lane = new SerialLane(pool);
        int[] unguarded = new int[1];
        CountDownLatch done = new CountDownLatch(4_000);
        for (int i = 0; i < 4; i++) {
            pool.execute(() -> {
                for (int j = 0; j < 1_000; j++) {
                    lane.run(() -> {
                        unguarded[0]++;
                        done.countDown();
                    });
                }
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(unguarded[0]).isEqualTo(4_000);
        pool.shutdown();
    }

    @Test
    void work_ofABusyLane_letsOthersIn() {
        SerialLane busy = new SerialLane(threads::add);
        SerialLane other = new SerialLane(threads::add);
        List<String> done = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            busy.run(() -> done.add("busy"));
        }
        other.run(() -> done.add("other"));

        runOneTurn();
        runOneTurn();

        assertThat(done).endsWith("other").hasSizeLessThan(50);
    }

    @Test
    void work_failing_doesNotEndTheLane() {
        SerialLane lane = new SerialLane(threads::add);
        List<String> done = new ArrayList<>();
        lane.run(() -> {
            throw new IllegalStateException("on purpose");
        });
        lane.run(() -> {
            throw new AssertionError("on purpose");
        });
        lane.run(() -> done.add("after"));

        runOneTurn();

        assertThat(done).containsExactly("after");
    }

    @Test
    void currentThread_isKnownOnlyInsideWork() {
        SerialLane lane = new SerialLane(threads::add);
        List<Boolean> inside = new ArrayList<>();
        lane.run(() -> inside.add(lane.isCurrentThread()));

        runOneTurn();

        assertThat(inside).containsExactly(true);
        assertThat(lane.isCurrentThread()).isFalse();
    }
}
