package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Clients behind a trusted proxy are told apart by what it forwards (HTTP §2.2, §14.2: hooks, limits of open routes). */
@ResourceLock(SharedServer.TUNED)
class ProxiedClientsTest {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final int CLIENTS = 5;
    private static Server server;

    @BeforeAll
    static void start() {
        server = SharedServer.tuned();
    }

    private static String hook(String address, String cwd) throws Exception {
        String body = Json.mapper()
                .createObjectNode()
                .put("cwd", cwd)
                .put("status", "working")
                .toString();
        return server.post("/hook/set-status", body, FORWARDED, address).body();
    }

    /** All at once, so that one handshake's address must not end up with another one. */
    @Test
    void hook_reachesOnlyConnectionsOfItsOwnClient() throws Exception {
        TestMesh mesh = TestMesh.with(server, CLIENTS);
        String cwd = "/project/" + UUID.randomUUID();
        List<CompletableFuture<Map.Entry<RawPeer, String>>> opening = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            TestMember member = mesh.member(i);
            String address = "198.51.100." + (i + 1);
            opening.add(CompletableFuture.supplyAsync(() -> {
                RawPeer peer = RawPeer.open(server, Map.of(FORWARDED, address));
                peer.send(member.hello().put("cwd", cwd));
                return Map.entry(peer, peer.next("hello_ack").path("presenceId").asText());
            }));
        }
        List<Map.Entry<RawPeer, String>> peers =
                opening.stream().map(CompletableFuture::join).toList();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(hook("198.51.100." + (i + 1), cwd))
                        .contains(peers.get(i).getValue());
            }
            assertThat(hook("203.0.113.9", cwd)).isEqualTo("{\"ok\":true,\"pending\":true}");
        } finally {
            peers.forEach(peer -> peer.getKey().close());
        }
    }

    @Test
    void openRoutes_limit_isPerClientHoweverItWritesThePath() throws Exception {
        String greedy = "198.51.100.77";
        List<String> spellings = List.of(
                "/api/public/invite-code/NOSUCHCODE22",
                "//api/public/invite-code/NOSUCHCODE22",
                "/api/./public/invite-code/NOSUCHCODE22",
                "/api;x=1/public/invite-code/NOSUCHCODE22",
                "/%61pi/public/invite-code/NOSUCHCODE22",
                "/x/../api/public/invite-code/NOSUCHCODE22");
        for (int i = 0; i < 20; i++) {
            assertThat(server.get(spellings.get(0), FORWARDED, greedy).statusCode())
                    .isEqualTo(404);
        }

        for (String spelling : spellings) {
            assertThat(answersOf(spelling, greedy))
                    .as(spelling)
                    .matches(answer -> !answer.contains("{\"found\":false}"));
        }
        HttpResponse<String> other = server.get(spellings.get(0), FORWARDED, "198.51.100.78");
        assertThat(other.statusCode()).isEqualTo(404);
    }

    /** Status line and body of a request whose path is sent exactly as it is written. */
    private static String answersOf(String path, String client) throws IOException {
        try (Socket socket =
                new Socket(server.httpBase().getHost(), server.httpBase().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + FORWARDED + ": " + client
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                text.append(line).append('\n');
            }
            return text.toString();
        }
    }
}
