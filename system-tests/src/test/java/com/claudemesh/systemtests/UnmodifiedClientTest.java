package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.StockClient;
import com.claudemesh.systemtests.harness.TestMember;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What clients of the existing protocol call, byte for byte as they call it (HTTP §15): headers, bodies, order, and the fields
 * that they read. Actions of topics, files, bridges and the REST interface are tested with their components.
 */
@ResourceLock(SignInServer.NAME)
class UnmodifiedClientTest {
    private static SignInServer place;
    private static Server server;
    private static String email;
    private static Browser browser;
    private static StockClient nobody;
    private static StockClient client;

    @BeforeAll
    static void start() throws Exception {
        place = SignInServer.shared();
        server = place.server();
        email = place.newPerson();
        browser = place.signedIn(email);
        nobody = new StockClient(server, null);
        client = new StockClient(server, login(nobody));
    }

    /** {@code login}: device code, the page in the browser, polling. */
    private static String login(StockClient anonymous) {
        JsonNode code = anonymous.asks(
                "POST", "/cli/device-code", "{\"hostname\":\"mars\",\"platform\":\"linux\",\"arch\":\"x64\"}");
        assertThat(code.path("device_code").asText()).matches("[A-HJ-NP-Z2-9]{16}");
        assertThat(code.path("user_code").asText()).matches("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");
        assertThat(Instant.parse(code.path("expires_at").asText())).isAfter(Instant.now());
        assertThat(code.path("verification_url").asText()).endsWith("/cli-auth");
        assertThat(code.path("token_url").asText()).endsWith("/token");
        String session = code.path("session_id").asText();
        assertThat(session).startsWith("clm_sess_").hasSize(41);
        String poll = "/cli/device-code/" + code.path("device_code").asText();
        assertThat(anonymous.asks("GET", poll, null).path("status").asText()).isEqualTo("pending");

        browser.submit("/cli-auth?session=" + session, "/cli-auth", Map.of("code", session, "answer", "approve"));

        JsonNode approved = anonymous.asks("GET", poll, null);
        assertThat(approved.path("status").asText()).isEqualTo("approved");
        assertThat(approved.path("user").path("email").asText()).isEqualTo(email);
        assertThat(approved.path("user").path("id").isTextual()).isTrue();
        assertThat(approved.path("user").path("display_name").isTextual()).isTrue();
        return approved.path("session_token").asText();
    }

    @Test
    void whoami_afterLogin_getsProfileAndMeshes_andAfterLogoutA401() {
        StockClient machine = new StockClient(server, login(nobody));
        JsonNode profile = machine.asks("GET", "/api/my/profile", null);
        assertThat(profile.path("email").asText()).isEqualTo(email);
        assertThat(profile.path("id").isTextual()).isTrue();
        assertThat(profile.path("display_name").isTextual()).isTrue();
        assertThat(machine.asks("GET", "/api/my/meshes", null).isArray()).isTrue();

        assertThat(machine.asks("POST", "/cli/session/revoke", "{\"token\":\"" + machine.token() + "\"}")
                        .path("ok")
                        .asBoolean())
                .isTrue();

        HttpResponse<String> refused = machine.call("GET", "/api/my/profile", null);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Browser.json(refused).path("message").isTextual()).isTrue();
    }

    @Test
    void createListRenameDelete_asTheCommandsCallThem() {
        JsonNode made = create("Stock Mesh");
        String slug = made.path("slug").asText();
        assertThat(slug).startsWith("stock-mesh");
        assertThat(made.path("member_id").asText()).hasSize(32);

        JsonNode listed = listed(slug);
        assertThat(listed.path("id")).isEqualTo(made.path("id"));
        assertThat(listed.path("role").asText()).isEqualTo("admin");
        assertThat(listed.path("is_owner").asBoolean()).isTrue();
        assertThat(listed.path("member_count").asInt()).isEqualTo(1);
        assertThat(listed.path("active_peers").asInt()).isZero();
        assertThat(listed.path("broker_url").asText()).startsWith("ws").endsWith("/ws");
        Instant.parse(listed.path("joined_at").asText());

        assertThat(client.asks("PATCH", "/api/my/meshes/" + slug, "{\"name\":\"Other Name\"}")
                        .path("name")
                        .asText())
                .isEqualTo("Other Name");
        assertThat(client.asks("PATCH", "/api/cli/meshes/" + slug, "{\"slug\":\"" + slug + "-x\"}")
                        .path("slug")
                        .asText())
                .isEqualTo(slug + "-x");
        client.asks("DELETE", "/cli/mesh/" + slug + "-x", "{\"user_id\":\"whatever\"}");
        assertThat(client.asks("GET", "/cli/meshes", null).path("meshes").findValuesAsText("slug"))
                .doesNotContain(slug + "-x");
    }

    private static JsonNode create(String name) {
        return create(name, SigningKeyPair.generate());
    }

    private static JsonNode create(String name, SigningKeyPair key) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("name", name).put("pubkey", key.publicHex()).put("description", "made by a test");
        return client.asks("POST", "/cli/mesh/create", body.toString());
    }

    private static JsonNode listed(String slug) {
        for (JsonNode one : client.asks("GET", "/cli/meshes", null).path("meshes")) {
            if (one.path("slug").asText().equals(slug)) {
                return one;
            }
        }
        throw new AssertionError(slug + " is not listed");
    }

    private static JsonNode share(JsonNode mesh) {
        JsonNode invite =
                client.asks("POST", "/cli/mesh/" + mesh.path("slug").asText() + "/invite", "{\"role\":\"member\"}");
        assertThat(invite.path("url").asText())
                .endsWith("/i/" + invite.path("code").asText());
        assertThat(Instant.parse(invite.path("expires_at").asText())).isAfter(Instant.now());
        assertThat(invite.path("emailed").asBoolean(true)).isFalse();
        return invite;
    }

    /** {@code join <code>}: the claim names one key only; the other one shows itself in the hello. */
    @Test
    void joinByCode_claimThenHello_leadsIntoTheMesh() {
        JsonNode mesh = create("Claimed By Stock");
        BoxKeyPair claimKey = BoxKeyPair.generate();
        String claim = "/invites/" + share(mesh).path("code").asText() + "/claim";

        JsonNode claimed = nobody.asks(
                "POST", claim, "{\"recipient_x25519_pubkey\":\"" + Base64Text.encodeUrl(claimKey.publicKey()) + "\"}");

        assertThat(InviteV2.openRootKey(claimed.path("sealed_root_key").asText(), claimKey))
                .isPresent();
        assertThat(claimed.path("canonical_v2").asText())
                .startsWith("v=2|" + mesh.path("id").asText() + "|")
                .endsWith("|member|" + claimed.path("owner_pubkey").asText());
        assertThat(claimed.path("mesh_id")).isEqualTo(mesh.path("id"));
        try (RawPeer peer = RawPeer.connect(
                server, member(claimed.path("mesh_id"), claimed.path("member_id"), SigningKeyPair.generate()))) {
            assertThat(peer.isOpen()).isTrue();
        }
        HttpResponse<String> again = nobody.call(
                "POST",
                claim,
                "{\"recipient_x25519_pubkey\":\""
                        + Base64Text.encodeUrl(BoxKeyPair.generate().publicKey()) + "\"}");
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).isEqualTo("{\"error\":\"exhausted\"}");
    }

    private static TestMember member(JsonNode meshId, JsonNode memberId, SigningKeyPair key) {
        return new TestMember(meshId.asText(), memberId.asText(), key.publicHex(), key.secretHex(), "Stock");
    }

    /** {@code join <long link>}: the token of a mesh that has such links, with its decoded text beside it. */
    @Test
    void joinByToken_codeIsResolvedAndJoined_leadsIntoTheMesh() throws Exception {
        JsonNode mesh = create("Old Links");
        browser.callJson("PATCH", "/mesh/" + mesh.path("id").asText() + "/settings", "{\"v1Invites\":true}");
        String code = share(mesh).path("code").asText();
        String token = nobody.asks("GET", "/api/public/invite-code/" + code, null)
                .path("token")
                .asText();
        SigningKeyPair key = SigningKeyPair.generate();
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("invite_token", token).put("peer_pubkey", key.publicHex()).put("display_name", "mars-4711");
        body.set(
                "invite_payload",
                Json.mapper().readTree(InviteV1.parseToken(token).json()));

        JsonNode joined = nobody.asks("POST", "/join", body.toString());

        assertThat(joined.path("ok").asBoolean()).isTrue();
        try (RawPeer peer = RawPeer.connect(server, member(mesh.path("id"), joined.path("memberId"), key))) {
            assertThat(peer.isOpen()).isTrue();
        }
        JsonNode again = nobody.asks("POST", "/join", body.toString());
        assertThat(again.path("memberId")).isEqualTo(joined.path("memberId"));
        assertThat(again.path("alreadyMember").asBoolean()).isTrue();
        assertThat(new Browser(server).get("/en/i/" + code).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/i/" + code));
    }

    /** {@code profile}: the list without a credential, the change with nothing but the member's id. */
    @Test
    void profile_listAndOwnChange_needOnlyTheMemberId() {
        JsonNode mesh = create("Profiled");
        String memberId = mesh.path("member_id").asText();
        String path = "/mesh/" + mesh.path("id").asText();

        JsonNode members = nobody.asks("GET", path + "/members", null);
        assertThat(members.path("ok").asBoolean()).isTrue();
        assertThat(members.path("members").get(0).path("id").asText()).isEqualTo(memberId);
        HttpResponse<String> changed = nobody.call(
                "PATCH", path + "/member/" + memberId, "{\"roleTag\":\"reviewer\"}", "X-Member-Id", memberId);

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(Browser.json(changed).path("changes").toString()).isEqualTo("{\"roleTag\":\"reviewer\"}");
    }

    /** {@code grant}, {@code block}: the merged map comes back. */
    @Test
    void grants_areMerged() {
        JsonNode mesh = create("Granted");
        String path = "/cli/mesh/" + mesh.path("slug").asText() + "/grants";
        String one = SigningKeyPair.generate().publicHex();
        String two = SigningKeyPair.generate().publicHex();

        client.asks("POST", path, "{\"grants\":{\"" + one + "\":[]}}");
        JsonNode merged = client.asks("POST", path, "{\"grants\":{\"" + two + "\":[\"dm\"]}}");

        assertThat(merged.path("grants").path(one)).isEmpty();
        assertThat(merged.path("grants").path(two).get(0).asText()).isEqualTo("dm");
        assertThat(client.asks("POST", path, "{\"grants\":{\"" + one + "\":null}}")
                        .path("grants")
                        .has(one))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /cli/meshes | none | 401 | {\"error\":\"missing_bearer_token\"}",
                "GET | /cli/meshes | empty | 401 | {\"error\":\"empty_bearer_token\"}",
                "GET | /cli/meshes | wrong | 401 | {\"error\":\"invalid_or_revoked_token\"}",
                "POST | /cli/mesh/create | good | 400 | {\"error\":\"name required\"}",
                "POST | /cli/mesh/nosuchmesh/invite | good | 404 | {\"error\":\"Mesh not found\"}",
                "DELETE | /cli/mesh/nosuchmesh | good | 404 | {\"error\":\"Mesh not found\"}",
                "POST | /cli/session/revoke | none | 400 | {\"error\":\"token required\"}",
                "POST | /invites/NOSUCHCODE22/claim | none | 400 | {\"error\":\"malformed\"}",
                "POST | /join | none | 400 | {\"ok\":false,\"error\":\"invite_token, invite_payload, peer_pubkey, display_name required\"}",
                "POST | /cli-sync | none | 400 | {\"ok\":false,\"error\":\"sync_token, peer_pubkey, display_name required\"}",
                "GET | /mesh/nosuchmesh/members | none | 400 | {\"ok\":false,\"error\":\"mesh not found\"}",
                "GET | /api/public/invite-code/NOSUCHCODE22 | none | 404 | {\"found\":false}",
                "GET | /api/health | none | 200 | {\"status\":\"ok\"}",
                "GET | /cli/meshesX | good | 404 | not found",
                "PUT | /cli/meshes | good | 404 | not found",
                "GET | /nowhere/at/all | none | 404 | not found",
                "GET | /api/nowhere | none | 404 | 404 Not Found",
            })
    void answers_areInTheProtocolsWords(String method, String path, String token, int status, String body) {
        StockClient asking =
                switch (token) {
                    case "none" -> nobody;
                    case "empty" -> new StockClient(server, "");
                    case "wrong" -> new StockClient(server, "a.b.c");
                    default -> client;
                };

        HttpResponse<String> answer = asking.call(method, path, method.equals("GET") ? null : "{}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void paths_queriesAndEscapes_areUnderstood() {
        assertThat(client.call("GET", "/cli/meshes?user_id=somebody", null).statusCode())
                .isEqualTo(200);
        String slug = create("Escaped").path("slug").asText();
        assertThat(client.call("GET", "/cli/mesh/" + slug.replace("e", "%65") + "/permissions", null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void preflight_anyPath_isAnsweredWithWhatBrowsersMaySend() {
        HttpResponse<String> answer = nobody.call("OPTIONS", "/anything", null);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH", "DELETE");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Authorization", "X-Member-Id");
    }

    @Test
    void stats_public_areThreeNumbers() {
        JsonNode stats = nobody.asks("GET", "/api/public/stats", null);

        assertThat(List.of("messagesRouted", "meshesCreated", "peersActive"))
                .allSatisfy(
                        name -> assertThat(stats.path(name).isIntegralNumber()).isTrue());
        assertThat(nobody.call("GET", "/api/public/stats", null).headers().firstValue("x-cache"))
                .contains("HIT");
    }
}
