package com.claudemesh.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStateTest {
    @TempDir
    private Path data;

    private ServerState state(String json) throws IOException {
        Files.writeString(data.resolve("supervisor.json"), json);
        return new ServerState(data);
    }

    @Test
    void processes_fromTheSupervisorsFile_areNamed() throws IOException {
        ServerState state = state("""
                {"server":{"pid":12,"startedMillis":1},"postgres":{"pid":34},"http":"http://127.0.0.1:7900",
                 "postgresPort":5555}""");

        assertThat(state.server().pid()).isEqualTo(12);
        assertThat(state.postgres().pid()).isEqualTo(34);
        assertThat(state.address().getPort()).isEqualTo(7900);
    }

    @Test
    void server_betweenTwoProcesses_isAnError() throws IOException {
        ServerState state = state("{\"postgres\":{\"pid\":34}}");

        assertThatThrownBy(state::server).hasMessageContaining("no server runs");
    }

    @Test
    void database_externalOne_isAnError() throws IOException {
        ServerState state = state("{\"server\":{\"pid\":12}}");

        assertThatThrownBy(state::database).hasMessageContaining("no embedded database");
    }

    @Test
    void isKnown_noServerHere_isFalse() {
        assertThat(new ServerState(data).isKnown()).isFalse();
    }
}
