package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.AccountPerson;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.PopulatedMesh;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Meshes from making to their end, and how a person takes them to another machine (HTTP §3.7, §3.9, §7). */
@ResourceLock(SignInServer.NAME)
class MeshLifeTest {
    private static Server server;
    private static PopulatedMesh all;

    @BeforeAll
    static void start() throws Exception {
        all = PopulatedMesh.shared();
        server = SignInServer.shared().server();
    }

    @Test
    void meshes_fromMakingToTheirEnd() {
        AccountPerson bob = all.signedUp();
        JsonNode made = bob.asks(
                "POST",
                "/cli/mesh/create",
                "{\"name\":\"Life Cycle\",\"template\":\"dev-team\",\"pubkey\":\""
                        + SigningKeyPair.generate().publicHex() + "\"}");
        String id = made.path("id").asText();

        JsonNode listed = bob.asks("GET", "/cli/meshes", "").path("meshes").get(0);
        assertThat(listed.path("is_owner").asBoolean()).isTrue();
        assertThat(listed.path("role").asText()).isEqualTo("admin");
        assertThat(bob.asks("GET", "/api/my/meshes", "").get(0).path("role").asText())
                .isEqualTo("owner");
        assertThat(bob.asks("GET", "/api/my/meshes/" + id, "")
                        .path("mesh")
                        .path("settings")
                        .path("promptHint")
                        .asText())
                .isEqualTo("part of a software team");

        String slug = "life-" + System.nanoTime();
        bob.asks("PATCH", "/api/cli/meshes/" + made.path("slug").asText(), "{\"slug\":\"" + slug + "\"}");
        assertThat(bob.call("DELETE", "/cli/mesh/" + slug, "{\"confirm\":\"other\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(bob.asks("DELETE", "/cli/mesh/" + slug, "{\"user_id\":\"ignored\"}")
                        .path("deleted")
                        .asText())
                .isEqualTo(slug);
        assertThat(bob.asks("GET", "/cli/meshes", "").path("meshes")).isEmpty();
        assertThat(bob.call("DELETE", "/cli/mesh/" + slug, "").statusCode()).isEqualTo(404);
    }

    @Test
    void archive_liveConnections_areToldAndClosed() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        JsonNode made = bob.createsMesh("closing", key);
        try (RawPeer peer = RawPeer.connect(
                server,
                new TestMember(
                        made.path("id").asText(),
                        made.path("member_id").asText(),
                        key.publicHex(),
                        key.secretHex(),
                        "Bob"))) {
            bob.asks("DELETE", "/cli/mesh/" + made.path("slug").asText(), "");

            assertThat(peer.next("error").path("code").asText()).isEqualTo("revoked");
            assertThat(peer.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void sync_tokenOfTheBrowser_enrolsAKeyOnce() throws Exception {
        AccountPerson bob = all.signedUp();
        all.joins(bob, "member", SigningKeyPair.generate());
        String wanted = "{\"action\":\"sync\",\"meshes\":[{\"id\":\""
                + all.mesh.path("id").asText()
                + "\",\"slug\":\"x\",\"role\":\"admin\"},{\"id\":\"foreign\",\"slug\":\"y\",\"role\":\"admin\"}]}";
        String token = Browser.json(bob.browser().callJson("POST", "/api/cli-sync-token", wanted))
                .path("token")
                .asText();
        String body = Json.mapper()
                .createObjectNode()
                .put("sync_token", token)
                .put("peer_pubkey", SigningKeyPair.generate().publicHex())
                .put("display_name", "Laptop")
                .toString();

        JsonNode synced = Browser.json(server.post("/cli-sync", body));
        assertThat(synced.path("meshes")).hasSize(1);
        assertThat(synced.path("meshes").get(0).path("role").asText()).isEqualTo("member");
        assertThat(synced.path("meshes").get(0).path("broker_url").asText())
                .startsWith("ws")
                .endsWith("/ws");
        assertThat(Browser.json(server.post("/cli-sync", body)).path("error").asText())
                .isEqualTo("sync token invalid: token already used");
    }

    /** The page that {@code claudemesh sync} opens: nothing is handed over before the person says so. */
    @Test
    void sync_page_handsTheTokenToTheWaitingCommandLine() throws Exception {
        AccountPerson bob = all.signedUp();
        bob.createsMesh("synced");
        String page = "/cli-auth?port=45678&code=AbCd";
        assertThat(bob.browser().get(page).body()).contains("AbCd", "synced").doesNotContain("callback");
        assertThat(bob.browser().get("/cli-auth?port=80&code=AbCd").statusCode())
                .isEqualTo(400);

        String ready = bob.browser()
                .submit(page, "/cli-auth", Map.of("port", "45678", "code", "AbCd"))
                .body();

        String token =
                ready.replaceFirst("(?s).*http://localhost:45678/callback\\?token=([^\"&]+)&amp;state=AbCd\".*", "$1");
        HttpResponse<String> synced = server.post(
                "/cli-sync",
                Json.mapper()
                        .createObjectNode()
                        .put("sync_token", token)
                        .put("peer_pubkey", SigningKeyPair.generate().publicHex())
                        .put("display_name", "Laptop")
                        .toString());
        assertThat(Browser.json(synced).path("meshes")).as(synced.body()).hasSize(1);
    }
}
