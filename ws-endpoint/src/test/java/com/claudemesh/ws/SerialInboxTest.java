package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialInboxTest {

    @Test
    void offer_manyItemsOnManyThreads_runInOrderAndNeverTogether() throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        SerialInbox inbox = new SerialInbox(workers, 10_000, 10_000);
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(5_000);
        for (int i = 0; i < 5_000; i++) {
            int item = i;
            inbox.offer(
                    () -> {
                        seen.add(item);
                        done.countDown();
                    },
                    1);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        workers.shutdownNow();
        assertThat(seen).hasSize(5_000).isSorted();
    }

    @Test
    void offer_moreItemsThanAllowed_isRefused() {
        Queue<Runnable> workers = new ArrayDeque<>();
        SerialInbox inbox = new SerialInbox(workers::add, 2, 100);

        assertThat(inbox.offer(() -> {}, 1)).isTrue();
        assertThat(inbox.offer(() -> {}, 1)).isTrue();
        assertThat(inbox.offer(() -> {}, 1)).isFalse();
    }

    @Test
    void offer_moreWeightThanAllowed_isRefusedUntilSomeIsHandled() {
        Queue<Runnable> workers = new ArrayDeque<>();
        SerialInbox inbox = new SerialInbox(workers::add, 100, 10);
        assertThat(inbox.offer(() -> {}, 8)).isTrue();
        assertThat(inbox.offer(() -> {}, 8)).isFalse();

        workers.poll().run();

        assertThat(inbox.offer(() -> {}, 8)).isTrue();
    }

    @Test
    void offerLast_inboxFull_isAcceptedAndRunsAfterTheRest() {
        Queue<Runnable> workers = new ArrayDeque<>();
        List<String> ran = new ArrayList<>();
        SerialInbox inbox = new SerialInbox(workers::add, 1, 100);
        inbox.offer(() -> ran.add("frame"), 1);

        inbox.offerLast(() -> ran.add("leave"));
        workers.poll().run();

        assertThat(ran).containsExactly("frame", "leave");
    }

    @Test
    void work_thatFails_doesNotKeepTheNextFromRunning() {
        Queue<Runnable> workers = new ArrayDeque<>();
        SerialInbox inbox = new SerialInbox(workers::add, 10, 100);
        List<String> done = new ArrayList<>();
        inbox.offer(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                1);
        inbox.offerLast(() -> done.add("last"));

        workers.remove().run();

        assertThat(done).containsExactly("last");
    }
}
