package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members let each other do: wire protocol §4.8 and §8 item 24, HTTP §3.9. */
@ResourceLock(SharedServer.DEFAULTS)
class GrantsTest {
    private static Server server;
    private TestMesh mesh;
    private TestMember alice;
    private TestMember bob;
    private RawPeer sender;
    private RawPeer recipient;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    @BeforeEach
    void provision() {
        mesh = TestMesh.with(server, 3);
        alice = mesh.member(0);
        bob = mesh.member(1);
        sender = RawPeer.connect(server, alice);
        recipient = RawPeer.connect(server, bob);
    }

    @AfterEach
    void leave() {
        sender.close();
        recipient.close();
    }

    @Test
    void listGrants_nothingSet_isEmpty() {
        JsonNode answer = recipient.request(RawPeer.frame("list_grants"));

        assertThat(answer.path("type").asText()).isEqualTo("grants_result");
        assertThat(answer.path("grants").toString()).isEqualTo("{}");
    }

    @Test
    void setGrants_changes_areMergedAndStayAfterAReconnect() {
        String other = mesh.member(2).publicKey();
        set(alice.publicKey(), "dm", "state-read");
        JsonNode both = set(other);
        assertThat(both.path("grants").path(alice.publicKey()).toString()).isEqualTo("[\"dm\",\"state-read\"]");
        assertThat(both.path("grants").path(other).toString()).isEqualTo("[]");

        recipient.request(grants().set("grants", object().putNull(alice.publicKey())));

        try (RawPeer again = RawPeer.connect(server, bob)) {
            assertThat(again.request(RawPeer.frame("list_grants"))
                            .path("grants")
                            .toString())
                    .isEqualTo("{\"" + other + "\":[]}");
        }
        assertThat(sender.request(RawPeer.frame("list_grants")).path("grants")).isEmpty();
    }

    @Test
    void send_senderIsBlocked_isToldForDirectAndSilentlyLeftOutOfBroadcast() {
        set(alice.publicKey());

        JsonNode direct = sender.sendMessage(bob.publicKey(), "direct");
        assertThat(direct.path("queued").asBoolean(true)).isFalse();
        assertThat(direct.path("error").asText()).contains("blocked by recipient grants");
        assertThat(sender.sendMessage("*", "broadcast").path("queued").asBoolean())
                .isTrue();

        recipient.request(grants().set("grants", object().putNull(alice.publicKey())));
        sender.sendMessage(bob.publicKey(), "after");
        assertThat(recipient.nextMessage().path("ciphertext").asText()).isEqualTo("after");
    }

    @Test
    void send_senderMayDoDirectOnly_reachesByDirectAlone() {
        set(alice.publicKey(), "dm");

        sender.sendMessage("*", "broadcast");
        sender.sendMessage(bob.publicKey(), "direct");

        assertThat(recipient.nextMessage().path("ciphertext").asText()).isEqualTo("direct");
    }

    @Test
    void send_sessionKeyIsBlocked_countsWhenTheMemberHasNoEntry() {
        String sessionKey = SigningKeyPair.generate().publicHex();
        set(sessionKey);
        try (RawPeer session = RawPeer.connect(server, alice.hello().put("sessionPubkey", sessionKey))) {
            assertThat(session.sendMessage(bob.publicKey(), "x").path("error").asText())
                    .contains("blocked by recipient grants");
        }
        assertThat(sender.sendMessage(bob.publicKey(), "y").path("queued").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"grants\":null}",
                "{\"grants\":[]}",
                "{\"grants\":{\"bob\":[]}}",
                "{\"grants\":{\"KEY\":\"dm\"}}",
                "{\"grants\":{\"KEY\":[\"everything\"]}}"
            })
    void setGrants_malformed_isATypedErrorNamingTheField(String body) throws Exception {
        ObjectNode frame = (ObjectNode) Json.mapper().readTree(body.replace("KEY", alice.publicKey()));

        JsonNode answer = recipient.request(frame.put("type", "set_grants"));

        assertThat(answer.path("code").asText()).isEqualTo("invalid_args");
        assertThat(answer.path("message").asText()).startsWith("grants");
    }

    @Test
    void setGrants_manyAtOnce_areSlowedDown() {
        for (int i = 0; i < 200; i++) {
            ObjectNode frame = grants();
            frame.putObject("grants").putArray(alice.publicKey()).add(i % 2 == 0 ? "dm" : "read");
            recipient.send(frame);
        }

        assertThat(recipient.next("error").path("code").asText()).isEqualTo("rate_limited");
        assertThat(recipient.request(RawPeer.frame("list_grants")).path("type").asText())
                .isEqualTo("grants_result");
    }

    @Test
    void http_operatorNamesTheMember_grantsAreMergedAndHold() throws Exception {
        ObjectNode body = object().put("memberId", bob.memberId());
        body.putObject("grants").putArray(alice.publicKey());

        HttpResponse<String> answer = post(body, "Bearer " + server.operatorToken());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true,\"grants\":{\"" + alice.publicKey() + "\":[]}}");
        assertThat(sender.sendMessage(bob.publicKey(), "x").path("queued").asBoolean(true))
                .isFalse();
    }

    @Test
    void http_wrongRequests_areRefusedWithTheirReason() throws Exception {
        String token = "Bearer " + server.operatorToken();
        ObjectNode body = object().put("memberId", bob.memberId());
        assertRefused(post(body, ""), 401, "missing_bearer_token");
        assertRefused(post(body, "Bearer nonsense"), 401, "invalid_or_revoked_token");
        assertRefused(post(body, token), 400, "grants required");

        body.putObject("grants").putArray(alice.publicKey()).add("fly");
        assertRefused(
                post(body, token),
                400,
                "grants: capabilities are read, dm, broadcast, state-read, state-write, file-read");

        body.putObject("grants").putArray(alice.publicKey());
        assertRefused(post(body.put("memberId", "nobody"), token), 403, "Not a member of this mesh");
        body.remove("memberId");
        assertRefused(post(body, token), 400, "memberId required: the operator token belongs to no member");
        body.put("memberId", bob.memberId());
        assertRefused(
                server.post("/cli/mesh/no-such-mesh/grants", body.toString(), "Authorization", token),
                404,
                "Mesh not found");
        assertRefused(
                server.post("/cli/mesh/" + mesh.slug() + "/grants", "[", "Authorization", token), 400, "Invalid body");
    }

    private HttpResponse<String> post(ObjectNode body, String authorization) throws Exception {
        return server.post("/cli/mesh/" + mesh.slug() + "/grants", body.toString(), "Authorization", authorization);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    private JsonNode set(String key, String... capabilities) {
        ObjectNode frame = grants();
        ArrayNode list = frame.putObject("grants").putArray(key);
        for (String capability : capabilities) {
            list.add(capability);
        }
        return recipient.request(frame);
    }

    private static ObjectNode grants() {
        return RawPeer.frame("set_grants");
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
