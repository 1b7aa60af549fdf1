package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterPoolTest {
    private final WriterPool pool = new WriterPool(4, Thread::new);

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void execute_fromManyThreads_runsEveryTaskOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(40_000);
        List<Thread> callers = Stream.generate(() -> new Thread(() -> IntStream.range(0, 10_000)
                        .forEach(i -> pool.execute(() -> {
                            runs.incrementAndGet();
                            all.countDown();
                        }))))
                .limit(4)
                .toList();

        callers.forEach(Thread::start);

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(40_000);
    }

    @Test
    void execute_oneTaskAfterTheOther_usesOneThreadAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(3);
        while (pool.awake() > 0) {
            Thread.onSpinWait();
        }

        pool.execute(() -> IntStream.range(0, 3)
                .forEach(i -> pool.execute(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                    all.countDown();
                })));

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void execute_moreThanOneThreadKeepsUpWith_wakesOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(4);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        pool.execute(() -> await(release));

        for (int i = 0; i < 4; i++) {
            pool.execute(() -> {
                used.add(Thread.currentThread());
                others.countDown();
            });
        }

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(used).isNotEmpty();
        release.countDown();
    }

    @Test
    void execute_afterATaskThatFailed_runs() throws Exception {
        CountDownLatch next = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            pool.execute(() -> {
                next.countDown();
                throw new IllegalStateException("on purpose");
            });
        }
        CountDownLatch last = new CountDownLatch(1);

        pool.execute(last::countDown);

        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void close_withTasksWaiting_runsThemFirst() {
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            pool.execute(runs::incrementAndGet);
        }

        pool.close();

        assertThat(runs).hasValue(1_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
