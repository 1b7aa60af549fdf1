package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RunCommand;
import com.claudemesh.systemtests.harness.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who runs the distribution relies on, beyond that it serves. */
class DistributionTest {
    private static final String NOBODY_LISTENS_HERE = "1";

    @TempDir
    private Path folder;

    @Test
    void status_nothingThere_saysNotRunning() throws Exception {
        RunCommand.Result status = RunCommand.run(Map.of(), "status", "--data", folder.toString());

        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.output()).startsWith("not running");
    }

    @Test
    void start_portTaken_isOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertRefused(startWith(Map.of(), "--port", Integer.toString(port)), "port " + port + " on 127.0.0.1");
        }
    }

    @Test
    void start_dataDirectoryNotWritable_isOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused(
                RunCommand.run(Map.of(), "--data", file.resolve("data").toString()),
                "the data directory " + file.resolve("data") + " is not writable");
    }

    @Test
    void start_wrongSettings_isOneLineNamingThem() throws Exception {
        RunCommand.Result result = startWith(Map.of("MAX_MESSAGE_BYTES", "lots", "BROKER_ENCRYPTION_KEY", "not-a-key"));

        assertRefused(result, "configuration: ");
        assertThat(result.errors()).contains("MAX_MESSAGE_BYTES must be").contains("BROKER_ENCRYPTION_KEY must be");
        assertThat(result.errors()).doesNotContain("not-a-key");
    }

    @Test
    void start_databaseUnreachable_isOneLineWithoutThePassword() throws Exception {
        RunCommand.Result result =
                startWith(Map.of("DATABASE_URL", "postgres://mesh:s3cret@127.0.0.1:" + NOBODY_LISTENS_HERE + "/mesh"));

        assertRefused(result, "the database mesh at 127.0.0.1:" + NOBODY_LISTENS_HERE + " is unreachable");
        assertThat(result.errors()).doesNotContain("s3cret");
    }

    @Test
    void start_databaseAddressOfAnotherForm_isOneLine() throws Exception {
        assertRefused(startWith(Map.of("DATABASE_URL", "mysql://mesh@db/mesh")), "DATABASE_URL must look like");
    }

    @Test
    void killedSupervisor_nextStart_recoversAndStopEndsEverything() throws Exception {
        try (Server server = Server.start(Map.of())) {
            List<Long> first = pids(server);
            String token = server.operatorToken();

            server.killSupervisor();
            server.startAgain();

            List<Long> second = pids(server);
            assertThat(first).noneMatch(DistributionTest::runs);
            assertThat(second).allMatch(DistributionTest::runs);
            assertThat(server.operatorToken()).isEqualTo(token);

            RunCommand.Result stop =
                    RunCommand.run(Map.of(), "stop", "--data", server.data().toString());

            assertThat(stop.exitCode()).isZero();
            assertThat(second).noneMatch(DistributionTest::runs);
            assertThat(server.status().path("running").asBoolean()).isFalse();
        }
    }

    private RunCommand.Result startWith(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = folder.resolve("data").toString();
        return RunCommand.run(environment, all);
    }

    private static void assertRefused(RunCommand.Result result, String reason) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors().lines())
                .singleElement()
                .asString()
                .startsWith("claudemesh: ")
                .contains(reason);
    }

    private static List<Long> pids(Server server) throws Exception {
        JsonNode status = server.status();
        return List.of(
                status.path("supervisor").path("pid").asLong(),
                status.path("server").path("pid").asLong(),
                status.path("postgres").path("pid").asLong());
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
