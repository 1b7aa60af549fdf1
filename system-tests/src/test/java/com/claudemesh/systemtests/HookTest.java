package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What hooks of coding sessions report, without a credential: http §3.2, wire protocol §4.10. */
@ResourceLock(SharedServer.DEFAULTS)
class HookTest {
    private static Server server;
    private TestMember alice;
    private TestMember bob;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 2);
        alice = mesh.member(0);
        bob = mesh.member(1);
    }

    @Test
    void hook_ofARunningSession_isAppliedAndNamesThePresence() throws Exception {
        String cwd = folder();
        try (RawPeer peer = RawPeer.open(server)) {
            peer.send(alice.hello().put("cwd", cwd).put("pid", 4711));
            String presenceId = peer.next("hello_ack").path("presenceId").asText();

            HttpResponse<String> answer = hook(cwd, "working", 4711);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).isEqualTo("{\"ok\":true,\"presence_id\":\"" + presenceId + "\"}");
            assertThat(statusOf(peer)).isEqualTo("working");
            hook(cwd, "idle", 1);
            assertThat(statusOf(peer)).isEqualTo("idle");
        }
    }

    @Test
    void hook_neverEndsDnd_onlyThePeerDoes() throws Exception {
        String cwd = folder();
        try (RawPeer peer = RawPeer.connect(server, alice.hello().put("cwd", cwd))) {
            peer.send(RawPeer.frame("set_status").put("status", "dnd"));
            assertThat(statusOf(peer)).isEqualTo("dnd");

            assertThat(hook(cwd, "idle", 1).body()).startsWith("{\"ok\":true,\"presence_id\"");
            assertThat(statusOf(peer)).isEqualTo("dnd");

            peer.send(RawPeer.frame("set_status").put("status", "idle"));
            assertThat(statusOf(peer)).isEqualTo("idle");
        }
    }

    @Test
    void hook_beforeTheConnection_countsWhenItComesAndOnlyOnce() throws Exception {
        String cwd = folder();
        assertThat(hook(cwd, "working", 7).body()).isEqualTo("{\"ok\":true,\"pending\":true}");

        ObjectNode hello = alice.hello().put("cwd", cwd).put("pid", 7);
        try (RawPeer peer = RawPeer.connect(server, hello)) {
            assertThat(statusOf(peer)).isEqualTo("working");
        }
        try (RawPeer later = RawPeer.connect(server, bob.hello().put("cwd", cwd).put("pid", 7))) {
            assertThat(find(later.request(RawPeer.frame("list_peers")), bob)
                            .path("status")
                            .asText())
                    .isEqualTo("idle");
        }
    }

    @Test
    void hook_thatSaysTooLittleOrRubbish_isAnsweredAsTheProtocolSays() throws Exception {
        assertThat(server.post("/hook/set-status", "{\"cwd\":\"/x\"}").body())
                .isEqualTo("{\"ok\":false,\"error\":\"cwd and status required\"}");
        assertThat(server.post("/hook/set-status", "{\"status\":\"idle\"}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> rubbish = server.post("/hook/set-status", "{");
        assertThat(rubbish.statusCode()).isEqualTo(500);
        assertThat(rubbish.body()).startsWith("{\"ok\":false,\"error\":");
        HttpResponse<String> unknown = server.post("/hook/set-status", "{\"cwd\":\"/x\",\"status\":\"busy\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("status: must be");
        HttpResponse<String> wrongPid =
                server.post("/hook/set-status", "{\"cwd\":\"/x\",\"status\":\"idle\",\"pid\":\"7\"}");
        assertThat(wrongPid.body()).contains("pid: must be");
        HttpResponse<String> huge =
                server.post("/hook/set-status", "{\"cwd\":\"" + "x".repeat(70_000) + "\",\"status\":\"idle\"}");
        assertThat(huge.statusCode()).isEqualTo(413);
        assertThat(huge.body()).isEqualTo("{\"ok\":false,\"error\":\"payload too large\"}");
    }

    @Test
    void hook_moreThanThirtyOfOneSessionAMinute_areRefused() throws Exception {
        String cwd = folder();
        for (int i = 0; i < 30; i++) {
            assertThat(hook(cwd, "working", 7).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = hook(cwd, "working", 7);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"ok\":false,\"error\":\"rate limited\"}");
        assertThat(hook(cwd, "working", 8).statusCode()).isEqualTo(200);
    }

    private static String folder() {
        return "/project/" + UUID.randomUUID();
    }

    private static HttpResponse<String> hook(String cwd, String status, int pid) throws Exception {
        ObjectNode body = Json.mapper().createObjectNode();
        return server.post(
                "/hook/set-status",
                body.put("cwd", cwd).put("status", status).put("pid", pid).toString());
    }

    private String statusOf(RawPeer peer) {
        return find(peer.request(RawPeer.frame("list_peers")), alice)
                .path("status")
                .asText();
    }

    private static JsonNode find(JsonNode list, TestMember member) {
        for (JsonNode peer : list.path("peers")) {
            if (peer.path("memberPubkey").asText().equals(member.publicKey())) {
                return peer;
            }
        }
        throw new AssertionError(member.displayName() + " is not in " + list);
    }
}
