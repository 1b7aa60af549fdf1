package com.claudemesh.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessProbeTest {
    private final ProcessProbe own = new ProcessProbe(ProcessHandle.current().pid());

    @Test
    void openFiles_manySocketsMore_areCounted() throws Exception {
        int before = own.openFiles();
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                sockets.add(new ServerSocket(0));
            }
            // Others in this process may close a few files of theirs meanwhile.
            assertThat(own.openFiles()).isBetween(before + 20, before + 60);
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void residentBytes_thisProcess_isThatOfAJavaProcess() throws Exception {
        assertThat(own.residentBytes()).isBetween(20L << 20, 8L << 30);
    }

    @Test
    void threads_thisProcess_areAtLeastTheJavaThreads() throws Exception {
        assertThat(own.threads()).isGreaterThan(5);
    }

    @Test
    void threadNames_aThreadOfThisProcess_isAmongThem() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    runs.countDown();
                    awaitQuietly(asked);
                },
                "a-thread-with-a-long-name");
        thread.start();
        try {
            // Until it runs it may still have the process's name.
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(own.threadNames()).contains("a-thread-with-a").hasSizeGreaterThan(5);
        } finally {
            asked.countDown();
            thread.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void kill_aProcess_isGoneAfterwards() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        ProcessProbe probe = new ProcessProbe(sleeper.pid());

        probe.kill();

        assertThat(probe.isAlive()).isFalse();
        assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
    }
}
