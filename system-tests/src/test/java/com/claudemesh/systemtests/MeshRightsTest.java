package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.MemberRequestText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.AccountPerson;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what with a mesh over HTTP; meshes from making to their end (HTTP §3.7, §3.9, §3.10, §7, §14.2, §15). */
@ResourceLock(SignInServer.NAME)
class MeshRightsTest {
    private static SignInServer place;
    private static Server server;
    private static AccountPerson owner;
    private static AccountPerson admin;
    private static AccountPerson member;
    private static AccountPerson stranger;
    private static JsonNode mesh;
    private static String ownerId;
    private static String adminId;
    private static String memberId;
    private static String targetId;
    private static String foreignMemberId;
    private static final SigningKeyPair MEMBER_KEY = SigningKeyPair.generate();

    @BeforeAll
    static void start() throws Exception {
        place = SignInServer.shared();
        server = place.server();
        owner = AccountPerson.signedUp(place);
        admin = AccountPerson.signedUp(place);
        member = AccountPerson.signedUp(place);
        stranger = AccountPerson.signedUp(place);
        mesh = owner.createsMesh("rights");
        ownerId = mesh.path("member_id").asText();
        adminId = joins(admin, mesh, "admin", SigningKeyPair.generate());
        memberId = joins(member, mesh, "member", MEMBER_KEY);
        targetId = joins(AccountPerson.signedUp(place), mesh, "member", SigningKeyPair.generate());
        foreignMemberId = stranger.createsMesh("foreign").path("member_id").asText();
    }

    /** The new member's id. */
    private static String joins(AccountPerson person, JsonNode mesh, String role, SigningKeyPair key) {
        JsonNode invite = owner.invites(mesh, "{\"role\":\"" + role + "\"}");
        return person.asks(
                        "POST",
                        "/invites/" + invite.path("code").asText() + "/claim",
                        Json.mapper()
                                .createObjectNode()
                                .put(
                                        "recipient_x25519_pubkey",
                                        Base64Text.encodeUrl(
                                                BoxKeyPair.generate().publicKey()))
                                .put("peer_pubkey", key.publicHex())
                                .put("display_name", "Joined " + role)
                                .toString())
                .path("member_id")
                .asText();
    }

    /** Method, path, body; answers for nobody, a stranger, a member, an administrator, the owner. */
    static Stream<Arguments> routes() {
        String flags = "{\"member_id\":\"TARGET\",\"permissions\":{\"canManageFiles\":true}}";
        String deleteFlag = "{\"member_id\":\"TARGET\",\"permissions\":{\"canDeleteMesh\":true}}";
        String foreignFlags = "{\"member_id\":\"FOREIGN\",\"permissions\":{\"canSend\":false}}";
        String policy = "{\"selfEditable\":{\"displayName\":true}}";
        return Stream.of(
                Arguments.of("POST", "/cli/mesh/SLUG/invite", "{}", List.of(401, 403, 403, 200, 200)),
                Arguments.of("POST", "/cli/mesh/SLUG/invite", "{\"role\":\"admin\"}", List.of(401, 403, 403, 200, 200)),
                Arguments.of("POST", "/api/my/meshes/MESH/invites", "{}", List.of(401, 400, 400, 200, 200)),
                Arguments.of("POST", "/cli/mesh/SLUG/grants", "{\"grants\":{}}", List.of(401, 403, 200, 200, 200)),
                Arguments.of(
                        "POST",
                        "/cli/mesh/SLUG/grants",
                        "{\"grants\":{},\"memberId\":\"OWNER\"}",
                        List.of(401, 403, 403, 403, 200)),
                Arguments.of("GET", "/cli/mesh/SLUG/permissions", "", List.of(401, 403, 200, 200, 200)),
                Arguments.of("POST", "/cli/mesh/SLUG/permissions", flags, List.of(401, 403, 403, 200, 200)),
                Arguments.of("POST", "/cli/mesh/SLUG/permissions", deleteFlag, List.of(401, 403, 403, 403, 200)),
                Arguments.of("POST", "/cli/mesh/SLUG/permissions", foreignFlags, List.of(401, 403, 404, 404, 404)),
                Arguments.of("GET", "/mesh/MESH/members", "", List.of(200, 400, 200, 200, 200)),
                Arguments.of(
                        "PATCH", "/mesh/MESH/member/MEMBER", "{\"roleTag\":\"x\"}", List.of(401, 400, 200, 200, 200)),
                Arguments.of(
                        "PATCH", "/mesh/MESH/member/OWNER", "{\"roleTag\":\"x\"}", List.of(401, 400, 400, 200, 200)),
                Arguments.of(
                        "PATCH", "/mesh/MESH/member/FOREIGN", "{\"roleTag\":\"x\"}", List.of(401, 400, 400, 400, 400)),
                Arguments.of(
                        "PATCH",
                        "/mesh/MESH/member/MEMBER",
                        "{\"permission\":\"member\"}",
                        List.of(401, 400, 400, 200, 200)),
                Arguments.of("PATCH", "/mesh/MESH/settings", policy, List.of(401, 400, 400, 200, 200)),
                Arguments.of("PATCH", "/api/my/meshes/SLUG", "{\"name\":\"rights\"}", List.of(401, 403, 403, 403, 200)),
                Arguments.of("PATCH", "/api/cli/meshes/SLUG", "{\"slug\":\"SLUG\"}", List.of(401, 403, 403, 403, 200)),
                Arguments.of(
                        "POST",
                        "/api/my/meshes/MESH/transfer",
                        "{\"memberId\":\"OWNER\"}",
                        List.of(401, 400, 400, 400, 200)),
                Arguments.of("POST", "/api/my/meshes/MESH/archive", "", List.of(401, 400, 400, 400, -1)),
                Arguments.of("DELETE", "/cli/mesh/SLUG", "", List.of(401, 403, 403, 403, -1)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("routes")
    void route_eachPerson_getsWhatItMay(String method, String path, String body, List<Integer> expected) {
        Map<AccountPerson, Integer> people = new LinkedHashMap<>();
        people.put(new AccountPerson(server, "nobody", null, "cm_pat_" + "A".repeat(52)), expected.get(0));
        people.put(stranger, expected.get(1));
        people.put(member, expected.get(2));
        people.put(admin, expected.get(3));
        people.put(owner, expected.get(4));

        people.forEach((person, status) -> {
            // What ends the mesh is not tried by those who may.
            if (status > 0) {
                HttpResponse<String> answer = person.call(method, filled(path), filled(body));
                assertThat(answer.statusCode())
                        .as(person.email() + ": " + answer.body())
                        .isEqualTo(status);
            }
        });
    }

    private static String filled(String text) {
        return text.replace("SLUG", mesh.path("slug").asText())
                .replace("MESH", mesh.path("id").asText())
                .replace("MEMBER", memberId)
                .replace("TARGET", targetId)
                .replace("OWNER", ownerId)
                .replace("FOREIGN", foreignMemberId);
    }

    @Test
    void details_strangerAndUnknownMesh_lookTheSame() {
        JsonNode foreign =
                stranger.asks("GET", "/api/my/meshes/" + mesh.path("id").asText(), "");
        JsonNode unknown = stranger.asks("GET", "/api/my/meshes/nosuchmesh", "");

        assertThat(foreign).isEqualTo(unknown);
        assertThat(foreign.path("mesh").isNull()).isTrue();
        assertThat(foreign.path("members")).isEmpty();
    }

    @Test
    void details_invitations_showTheirCodesToAdministratorsOnly() {
        owner.invites(mesh, "{}");
        String path = "/api/my/meshes/" + mesh.path("id").asText();

        assertThat(owner.asks("GET", path, "")
                        .path("invites")
                        .get(0)
                        .path("code")
                        .isTextual())
                .isTrue();
        JsonNode shown = member.asks("GET", path, "").path("invites").get(0);
        assertThat(shown.path("code").isNull()).isTrue();
        assertThat(shown.path("token").isNull()).isTrue();
    }

    @Test
    void audit_export_isForAdministratorsAndRecordsItself() throws Exception {
        String path = filled("/api/my/meshes/MESH/audit");
        owner.call("GET", path, "");

        HttpResponse<String> answer = admin.call("GET", path, "");
        List<String> lines = answer.body().lines().toList();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(lines.get(0)).contains("mesh_created");
        assertThat(lines.get(lines.size() - 2)).contains("audit_exported");
        assertThat(Json.mapper()
                        .readTree(lines.get(lines.size() - 1))
                        .path("head")
                        .path("entries")
                        .asInt())
                .isEqualTo(lines.size() - 1);
        assertThat(answer.body()).doesNotContain(mesh.path("root_key").asText());
        assertThat(member.call("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(stranger.call("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void secrets_rotation_isTheOperators() throws Exception {
        HttpResponse<String> rotated =
                server.post("/api/admin/secrets/rotate", "", "Authorization", "Bearer " + server.operatorToken());

        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
        assertThat(Browser.json(rotated).path("unreadable").asInt()).isZero();
        assertThat(owner.call("POST", "/api/admin/secrets/rotate", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void deniedMember_cannotSendOnTheSocketEither() {
        AccountPerson bob = signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = joins(bob, mesh, "member", key);
        try (RawPeer peer = RawPeer.connect(server, peer(bobId, key))) {
            String target = MEMBER_KEY.publicHex();
            assertThat(peer.sendMessage(target, "aGVsbG8=").path("queued").asBoolean())
                    .isTrue();

            owner.asks(
                    "POST",
                    filled("/cli/mesh/SLUG/permissions"),
                    "{\"member_id\":\"" + bobId + "\",\"permissions\":{\"canSend\":false}}");

            JsonNode refused = peer.sendMessage(target, "aGVsbG8=");
            assertThat(refused.path("queued").asBoolean()).isFalse();
            assertThat(refused.path("error").asText()).startsWith("forbidden");
        }
    }

    @Test
    void profileEdit_ownMember_reachesItsSessions() {
        AccountPerson bob = signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = joins(bob, mesh, "member", key);
        try (RawPeer peer = RawPeer.connect(server, peer(bobId, key))) {
            JsonNode edited = Browser.json(bob.call(
                    "PATCH",
                    filled("/mesh/MESH/member/") + bobId,
                    "{\"displayName\":\"Robert\",\"groups\":[{\"name\":\"eng\",\"role\":\"lead\"}]}",
                    "X-Member-Id",
                    bobId));

            assertThat(edited.path("member").path("displayName").asText()).isEqualTo("Robert");
            assertThat(peer.nextEvent("profile_updated")
                            .path("eventData")
                            .path("displayName")
                            .asText())
                    .isEqualTo("Robert");
        }
    }

    /** What the stock {@code profile} command sends; allowed by the operator of this server. */
    @Test
    void profileEdit_bareMemberId_changesThatMembersOwnFieldsOnly() {
        String path = filled("/mesh/MESH/member/MEMBER");

        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"stock\"}", "X-Member-Id", memberId))
                .isEqualTo(200);
        assertThat(anonymous("PATCH", path, "{\"permission\":\"admin\"}", "X-Member-Id", memberId))
                .isEqualTo(401);
        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"x\"}", "X-Member-Id", ownerId))
                .isEqualTo(401);
        assertThat(anonymous("PATCH", filled("/mesh/MESH/settings"), "{\"v1Invites\":true}", "X-Member-Id", ownerId))
                .isEqualTo(401);
        assertThat(anonymous("PATCH", path, "{\"roleTag\":\"x\"}")).isEqualTo(401);
        JsonNode list = Browser.json(get(filled("/mesh/MESH/members")));
        assertThat(list.path("members").get(0).has("dashboardUserId")).isFalse();
    }

    @Test
    void profileEdit_signedByTheMembersKey_needsNoAccount() {
        String path = filled("/mesh/MESH/member/MEMBER");
        String body = "{\"roleTag\":\"signed\"}";
        String time = Long.toString(System.currentTimeMillis());
        String signature = Signatures.sign(
                MemberRequestText.canonical(
                        "PATCH", path, memberId, Long.parseLong(time), body.getBytes(StandardCharsets.UTF_8)),
                MEMBER_KEY.secretHex());

        HttpResponse<String> answer = AccountPerson.anonymously(
                server,
                "PATCH",
                path,
                body,
                "X-Member-Id",
                memberId,
                "X-Member-Timestamp",
                time,
                "X-Member-Signature",
                signature);

        assertThat(Browser.json(answer).path("member").path("roleTag").asText()).isEqualTo("signed");
    }

    @Test
    void sync_tokenOfTheBrowser_enrolsAKeyOnce() throws Exception {
        AccountPerson bob = signedUp();
        joins(bob, mesh, "member", SigningKeyPair.generate());
        String wanted =
                "{\"action\":\"sync\",\"meshes\":[{\"id\":\"" + mesh.path("id").asText()
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
        AccountPerson bob = signedUp();
        bob.createsMesh("synced");
        String page = "/cli-auth?port=45678&code=AbCd";
        assertThat(bob.browser().get(page).body()).contains("AbCd", "synced").doesNotContain("callback");
        assertThat(bob.browser().get("/cli-auth?port=80&code=AbCd").statusCode())
                .isEqualTo(400);

        String ready = bob.browser()
                .submit(page, "/cli-auth", Map.of("port", "45678", "code", "AbCd"))
                .body();

        String token = ready.replaceFirst("(?s).*http://localhost:45678/callback\\?token=([^\"]+)\".*", "$1");
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

    @Test
    void meshes_fromMakingToTheirEnd() {
        AccountPerson bob = signedUp();
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
        AccountPerson bob = signedUp();
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
    void leave_member_isOutAndMayBeInvitedAgain() {
        AccountPerson bob = signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = joins(bob, mesh, "member", key);
        try (RawPeer peer = RawPeer.connect(server, peer(bobId, key))) {
            assertThat(bob.asks("POST", filled("/api/my/meshes/MESH/leave"), "")
                            .path("id")
                            .asText())
                    .isEqualTo(bobId);
            assertThat(peer.awaitClose().code()).isEqualTo(4002);
        }
        assertThat(owner.call("POST", filled("/api/my/meshes/MESH/leave"), "").statusCode())
                .isEqualTo(400);

        assertThat(joins(bob, mesh, "member", key)).isEqualTo(bobId);
    }

    @Test
    void revoke_member_isOutAndStaysOut() {
        AccountPerson bob = signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = joins(bob, mesh, "member", key);
        String path = filled("/api/my/meshes/MESH/members/");
        assertThat(member.call("DELETE", path + bobId, "").statusCode()).isEqualTo(403);
        assertThat(stranger.call("DELETE", path + bobId, "").statusCode()).isEqualTo(404);
        assertThat(admin.call("DELETE", path + ownerId, "").statusCode()).isEqualTo(403);
        assertThat(admin.call("DELETE", path + adminId, "").statusCode()).isEqualTo(400);
        assertThat(admin.call("DELETE", path + foreignMemberId, "").statusCode())
                .isEqualTo(404);
        try (RawPeer peer = RawPeer.connect(server, peer(bobId, key))) {
            admin.asks("DELETE", path + bobId, "");

            assertThat(peer.awaitClose().code()).isEqualTo(4002);
        }
        assertThat(bob.asks("GET", "/cli/meshes", "").path("meshes")).isEmpty();
    }

    private static AccountPerson signedUp() {
        try {
            return AccountPerson.signedUp(place);
        } catch (IOException e) {
            throw new AssertionError("no account", e);
        }
    }

    private static TestMember peer(String memberId, SigningKeyPair key) {
        return new TestMember(mesh.path("id").asText(), memberId, key.publicHex(), key.secretHex(), "Bob");
    }

    private static int anonymous(String method, String path, String body, String... headers) {
        return AccountPerson.anonymously(server, method, path, body, headers).statusCode();
    }

    private static HttpResponse<String> get(String path) {
        return AccountPerson.anonymously(server, "GET", path, "");
    }
}
