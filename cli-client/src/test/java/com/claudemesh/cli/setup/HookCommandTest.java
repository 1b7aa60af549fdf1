package com.claudemesh.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HookCommandTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook/set-status", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private TestHost joinedTwiceAtOneServer() {
        TestHost host = new TestHost(home);
        for (String slug : List.of("crew", "lab")) {
            Membership made = host.joined(slug);
            host.services()
                    .configFile()
                    .update(config -> config.with(new Membership(
                            made.meshId(),
                            made.memberId(),
                            slug,
                            slug,
                            made.pubkey(),
                            made.secretKey(),
                            "ws://127.0.0.1:" + server.getAddress().getPort() + "/ws",
                            "",
                            null,
                            1)));
        }
        return host;
    }

    /** Waits longer than the verb does, so that a busy machine fails no test. */
    private static int patientHook(TestHost host, String status) {
        HookCommand hook = new HookCommand(host.services(), Duration.ofSeconds(60));
        new CommandLine(hook).parseArgs(status);
        return hook.call();
    }

    @Test
    void call_input_isReportedOncePerServer() {
        TestHost host = joinedTwiceAtOneServer().withInput("{\"cwd\":\"/src/a \\\"b\\\"\",\"session_id\":\"s-1\"}");

        assertThat(patientHook(host, "working")).isZero();

        assertThat(bodies).hasSize(1);
        JsonNode body = JsonReader.read(bodies.get(0)).orElseThrow();
        assertThat(body.path("cwd").asText()).isEqualTo("/src/a \"b\"");
        assertThat(body.path("status").asText()).isEqualTo("working");
        assertThat(body.path("session_id").asText()).isEqualTo("s-1");
        assertThat(body.path("pid").isIntegralNumber()).isTrue();
        assertThat(host.out() + host.err()).isEmpty();
    }

    @Test
    void call_noInput_reportsTheProjectDirectory() {
        patientHook(joinedTwiceAtOneServer().with("CLAUDE_PROJECT_DIR", "/project"), "idle");

        assertThat(JsonReader.read(bodies.get(0)).orElseThrow().path("cwd").asText())
                .isEqualTo("/project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "", "--frob"})
    void call_unknownStatus_isSilent(String status) {
        TestHost host = joinedTwiceAtOneServer();

        assertThat(host.run("hook", status)).isZero();
        assertThat(bodies).isEmpty();
        assertThat(host.out() + host.err()).isEmpty();
    }

    @Test
    void call_serverGone_isSilent() {
        TestHost host = joinedTwiceAtOneServer();
        server.stop(0);

        assertThat(host.run("hook", "idle")).isZero();
        assertThat(host.out() + host.err()).isEmpty();
    }
}
