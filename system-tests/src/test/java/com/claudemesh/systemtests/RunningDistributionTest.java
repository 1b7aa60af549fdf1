package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.ListeningSockets;
import com.claudemesh.systemtests.harness.RunCommand;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen of a distribution while it serves. Others kill its server, so that its lock is needed. */
@ResourceLock(SharedServer.DEFAULTS)
class RunningDistributionTest {
    @Test
    void running_everySocket_isOnLoopbackAndAccountedFor() throws Exception {
        Server server = SharedServer.withDefaults();
        JsonNode status = server.status();

        assertThat(ListeningSockets.of(status.path("server").path("pid").asLong()))
                .containsExactlyInAnyOrder(
                        "tcp 127.0.0.1:" + server.httpBase().getPort(),
                        "tcp 127.0.0.1:" + status.path("adminPort").asInt());
        assertThat(ListeningSockets.of(status.path("postgres").path("pid").asLong()))
                .containsExactly("tcp 127.0.0.1:" + status.path("postgresPort").asInt());
        assertThat(ListeningSockets.of(status.path("supervisor").path("pid").asLong()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"operator-token", "encryption-key", "postgres-password", "admin-password", "first-start.json"})
    void running_secretFile_isItsOwnersOnly(String file) throws Exception {
        Path secret = SharedServer.withDefaults().data().resolve(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    void start_whileRunning_saysSo() throws Exception {
        Server server = SharedServer.withDefaults();

        RunCommand.Result second =
                RunCommand.run(Map.of(), "--data", server.data().toString());

        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.errors().lines())
                .singleElement()
                .asString()
                .startsWith("claudemesh: already running at " + server.httpBase());
    }

    @Test
    void status_whileRunning_saysReadyInWordsAndInJson() throws Exception {
        Server server = SharedServer.withDefaults();

        RunCommand.Result words =
                RunCommand.run(Map.of(), "status", "--data", server.data().toString());

        assertThat(words.exitCode()).isZero();
        assertThat(words.output())
                .startsWith("ready")
                .contains(server.httpBase().toString());
        assertThat(server.status().path("ready").asBoolean()).isTrue();
        assertThat(server.status().path("webSocket").asText())
                .isEqualTo(server.webSocketUrl().toString());
    }
}
