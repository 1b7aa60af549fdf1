package com.claudemesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchCommandTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void writeClaude() throws IOException {
        Path claude = home.resolve("claude");
        Files.writeString(claude, """
                #!/bin/sh
                printf '%s\\n' "$@" > arguments
                env > environment
                cp "$CLAUDEMESH_CONFIG_DIR/config.json" session.json
                ls -ld "$CLAUDEMESH_CONFIG_DIR" > mode
                exit 42
                """);
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        host = new TestHost(home).with("CLAUDE_BIN", claude.toString()).with("PATH", System.getenv("PATH"));
    }

    private List<String> arguments() throws IOException {
        return Files.readAllLines(home.resolve("arguments"));
    }

    private String variable(String name) throws IOException {
        return Files.readAllLines(home.resolve("environment")).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    @Test
    void call_joinedMesh_answersTheExitCodeOfClaude() {
        host.joined("crew");

        assertThat(host.run("launch")).isEqualTo(42);
    }

    @Test
    void call_freshSession_hasChannelAndSessionId() throws IOException {
        host.joined("crew");

        host.run("launch", "--name", "Ada");

        assertThat(arguments())
                .startsWith("--dangerously-load-development-channels", "server:claudemesh", "--session-id");
        assertThat(variable("CLAUDEMESH_SESSION_ID")).isEqualTo(arguments().get(3));
        assertThat(variable("CLAUDEMESH_DISPLAY_NAME")).isEqualTo("Ada");
    }

    @Test
    void call_session_seesOnlyItsMesh() throws IOException {
        host.joined("crew");
        host.joined("lab");

        host.run("launch", "lab", "--role", "qa", "--groups", "a:lead,all,b", "--message-mode", "inbox");

        JsonNode session =
                JsonReader.read(Files.readString(home.resolve("session.json"))).orElseThrow();
        assertThat(session.path("meshes").findValuesAsText("slug")).containsExactly("lab");
        assertThat(session.path("role").asText()).isEqualTo("qa");
        assertThat(session.path("groups").toString())
                .isEqualTo("[{\"name\":\"a\",\"role\":\"lead\"},{\"name\":\"b\"}]");
        assertThat(session.path("messageMode").asText()).isEqualTo("inbox");
    }

    @Test
    void call_sessionDirectory_isPrivateAndRemovedAfterwards() throws IOException {
        host.joined("crew");

        host.run("launch");

        assertThat(Files.readString(home.resolve("mode"))).startsWith("drwx------");
        assertThat(Path.of(variable("CLAUDEMESH_CONFIG_DIR"))).doesNotExist();
    }

    @Test
    void call_session_keepsStateOutsideItsDirectory() throws IOException {
        host.joined("crew");

        host.run("launch");

        assertThat(variable("CLAUDEMESH_STATE_DIR"))
                .isEqualTo(home.resolve(".claudemesh").toString());
    }

    @Test
    void call_passthrough_isHandedOver() throws IOException {
        host.joined("crew");

        host.run("launch", "--resume", "abc", "--", "--model", "opus", "fix it");

        assertThat(arguments()).endsWith("--resume", "abc", "--model", "opus", "fix it");
        assertThat(variable("CLAUDEMESH_SESSION_ID")).isEqualTo("abc");
    }

    @Test
    void call_yes_doesNotSkipPermissions() throws IOException {
        host.joined("crew");

        host.run("-y");

        assertThat(arguments()).doesNotContain("--dangerously-skip-permissions");
    }

    @Test
    void call_autonomous_skipsPermissionsOnce() throws IOException {
        host.joined("crew");

        host.run("launch", "--autonomous", "--", "--dangerously-skip-permissions");

        assertThat(arguments()).containsOnlyOnce("--dangerously-skip-permissions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--frobnicate", "--message-mode=loud", "--groups=a b"})
    void call_wrongOption_error(String option) {
        host.joined("crew");

        assertThat(host.run("launch", option)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_unknownMesh_error() {
        host.joined("crew");

        assertThat(host.run("launch", "nope")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void call_claudeMissing_error() {
        host.with("CLAUDE_BIN", "/nonexistent/claude").joined("crew");

        assertThat(host.run("launch")).isEqualTo(ExitCode.CLAUDE_MISSING);
        assertThat(host.err()).contains("install Claude Code");
    }

    @Test
    void call_lastUsedMesh_isTakenAmongSeveral() throws IOException {
        host.joined("crew");
        host.joined("lab");
        host.run("launch", "lab");

        host.run("launch", "-q");

        JsonNode session =
                JsonReader.read(Files.readString(home.resolve("session.json"))).orElseThrow();
        assertThat(session.path("meshes").findValuesAsText("slug")).containsExactly("lab");
    }

    @Test
    void bareLink_withClaude_joinsAndLaunches() {
        assertThat(host.run("http://127.0.0.1:9/i/abc12345", "--name", "Ada")).isEqualTo(42);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void bareLink_claudeMissing_joinsAllTheSame() {
        host.with("CLAUDE_BIN", "/nonexistent/claude");

        assertThat(host.run("http://127.0.0.1:9/i/abc12345")).isEqualTo(ExitCode.CLAUDE_MISSING);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void bare_nothingJoinedOnATerminal_joinsByLink() {
        host.withTerminal().withInput("4\nhttp://127.0.0.1:9/i/abc12345\n");

        assertThat(host.run()).isEqualTo(42);
        assertThat(host.config().membership("crew")).isPresent();
    }
}
