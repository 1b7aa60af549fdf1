package com.claudemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script reports from a hook, seen by a stand-in for curl that writes down its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherHookTest {
    @TempDir
    Path home;

    @TempDir
    Path installation;

    private Path requests;

    @BeforeEach
    void installLauncherAndCurl() throws IOException {
        Files.copy(Path.of("..", "claudemesh"), installation.resolve("claudemesh"));
        Files.createFile(installation.resolve("claudemesh.jar"));
        requests = installation.resolve("requests");
        Path curl = Files.createDirectory(installation.resolve("bin")).resolve("curl");
        // One line per request.
        Files.writeString(curl, """
                #!/bin/sh
                while [ $# -gt 1 ]; do [ "$1" = --data-binary ] && body=$2; shift; done
                printf '%s %s\\n' "$1" "$body" >>'REQUESTS'
                """.replace("REQUESTS", requests.toString()));
        Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwx------"));
        new TestHost(home).joined("crew");
    }

    private List<String> hook(String status, String input) throws IOException, InterruptedException {
        ProcessBuilder process =
                new ProcessBuilder("sh", installation.resolve("claudemesh").toString(), "hook", status);
        process.environment().put("HOME", home.toString());
        process.environment().put("CLAUDEMESH_JAVA", "false");
        process.environment().put("CLAUDE_PROJECT_DIR", "/proj\"ect\\x");
        process.environment().put("PATH", installation.resolve("bin") + ":" + System.getenv("PATH"));
        process.environment().keySet().removeAll(List.of("CLAUDEMESH_CONFIG_DIR", "CLAUDEMESH_STATE_DIR"));
        process.redirectErrorStream(true);
        Process running = process.start();
        try (var stdin = running.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isZero();
        assertThat(out).isEmpty();
        return Files.exists(requests) ? Files.readAllLines(requests) : List.of();
    }

    private static JsonNode body(String request) throws IOException {
        return Json.mapper().readTree(request.substring(request.indexOf(' ') + 1));
    }

    @Test
    void hook_inputOfClaude_isReportedToTheServerOfTheMesh() throws Exception {
        List<String> sent = hook("working", """
                {"session_id": "s\\"1",
                 "cwd": "/project/Ünï \\\\ \\"x\\"", "hook_event_name": "UserPromptSubmit"}""");

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).startsWith("http").contains("/hook/set-status ");
        JsonNode body = body(sent.get(0));
        assertThat(body.path("status").asText()).isEqualTo("working");
        assertThat(body.path("cwd").asText()).isEqualTo("/project/Ünï \\ \"x\"");
        assertThat(body.path("session_id").asText()).isEqualTo("s\"1");
        assertThat(body.path("pid").isInt()).isTrue();
    }

    @Test
    void hook_withoutInput_reportsTheProjectFolder() throws Exception {
        JsonNode body = body(hook("idle", "").get(0));

        assertThat(body.path("cwd").asText()).isEqualTo("/proj\"ect\\x");
        assertThat(body.has("session_id")).isFalse();
    }

    @Test
    void hook_twoMeshesOfOneServer_areToldOnce() throws Exception {
        new TestHost(home).joined("lab");

        assertThat(hook("dnd", "{}")).hasSize(1);
    }

    @Test
    void hook_unknownStatus_isSilent() throws Exception {
        assertThat(hook("asleep", "{}")).isEmpty();
    }
}
