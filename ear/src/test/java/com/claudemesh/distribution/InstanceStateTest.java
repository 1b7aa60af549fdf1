package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceStateTest {
    @TempDir
    private Path folder;

    @Test
    void state_written_isReadBack() throws Exception {
        DataDirectory data = DataDirectory.open(folder);
        RunState state = new RunState(
                ProcessRef.ofThisProcess(), null, null, "http://h:1", "ws://h:1/ws", folder.toString(), 2, null, 3L);

        state.write(data);

        assertThat(RunState.read(data)).contains(state);
    }

    @Test
    void state_cleared_isEmpty() throws Exception {
        DataDirectory data = DataDirectory.open(folder);

        RunState.clear(data);

        assertThat(RunState.read(data)).isEmpty();
    }

    @Test
    void processRef_ofThisProcess_isAlive() {
        assertThat(ProcessRef.ofThisProcess().isAlive()).isTrue();
    }

    @Test
    void processRef_numberThatWentToAnotherProcess_isNotAlive() {
        ProcessRef now = ProcessRef.ofThisProcess();

        ProcessRef earlier = new ProcessRef(now.pid(), now.startedMillis() - 3_600_000);

        assertThat(earlier.isAlive()).isFalse();
    }

    @Test
    void ports_taken_areRefusedNamingThem() throws Exception {
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", port))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("port " + port);
        }
    }
}
