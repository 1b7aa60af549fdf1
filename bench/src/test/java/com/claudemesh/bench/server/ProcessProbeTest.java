package com.claudemesh.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProcessProbeTest {
    private final ProcessProbe own = new ProcessProbe(ProcessHandle.current().pid());

    @Test
    void openFiles_oneSocketMore_isCounted() throws Exception {
        int before = own.openFiles();
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(socket.isBound()).isTrue();
            assertThat(own.openFiles()).isGreaterThan(before);
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
    void kill_aProcess_isGoneAfterwards() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        ProcessProbe probe = new ProcessProbe(sleeper.pid());

        probe.kill();

        assertThat(probe.isAlive()).isFalse();
        assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
    }
}
