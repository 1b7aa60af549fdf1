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
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
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

/** Who may do what with a mesh over HTTP (HTTP §3.9, §3.10, §7, §9, §14.2). */
@ResourceLock(SignInServer.NAME)
class MeshRightsTest {
    private static Server server;
    private static PopulatedMesh all;

    @BeforeAll
    static void start() throws Exception {
        all = PopulatedMesh.shared();
        server = SignInServer.shared().server();
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
                Arguments.of("GET", "/api/my/meshes/MESH", "", List.of(401, 200, 200, 200, 200)),
                Arguments.of("GET", "/api/my/meshes/MESH/stream", "", List.of(401, 200, 200, 200, 200)),
                Arguments.of("GET", "/api/my/meshes/MESH/audit", "", List.of(401, 404, 404, 200, 200)),
                Arguments.of("GET", "/api/my/export", "", List.of(401, 200, 200, 200, 200)),
                Arguments.of("DELETE", "/api/my/meshes/MESH/members/OWNER", "", List.of(401, 404, 403, 403, 400)),
                Arguments.of("GET", "/api/admin/summary/mesh", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/meshes", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/meshes/MESH", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/sessions", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/invites", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/audit", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/users/x/memberships", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("GET", "/api/admin/users/x/invitations", "", List.of(401, 403, 403, 403, 403)),
                Arguments.of("POST", "/api/my/meshes/MESH/archive", "", List.of(401, 400, 400, 400, -1)),
                Arguments.of("DELETE", "/cli/mesh/SLUG", "", List.of(401, 403, 403, 403, -1)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("routes")
    void route_eachPerson_getsWhatItMay(String method, String path, String body, List<Integer> expected) {
        Map<AccountPerson, Integer> people = new LinkedHashMap<>();
        people.put(new AccountPerson(server, "nobody", null, "cm_pat_" + "A".repeat(52)), expected.get(0));
        people.put(all.stranger, expected.get(1));
        people.put(all.member, expected.get(2));
        people.put(all.admin, expected.get(3));
        people.put(all.owner, expected.get(4));

        people.forEach((person, status) -> {
            // What ends the mesh is not tried by those who may.
            if (status > 0) {
                HttpResponse<String> answer = person.call(method, all.filled(path), all.filled(body));
                assertThat(answer.statusCode())
                        .as(person.email() + ": " + answer.body())
                        .isEqualTo(status);
            }
        });
    }

    @Test
    void details_strangerAndUnknownMesh_lookTheSame() {
        JsonNode foreign =
                all.stranger.asks("GET", "/api/my/meshes/" + all.mesh.path("id").asText(), "");
        JsonNode unknown = all.stranger.asks("GET", "/api/my/meshes/nosuchmesh", "");

        assertThat(foreign).isEqualTo(unknown);
        assertThat(foreign.path("mesh").isNull()).isTrue();
        assertThat(foreign.path("members")).isEmpty();
    }

    @Test
    void details_invitations_showTheirCodesToAdministratorsOnly() {
        all.owner.invites(all.mesh, "{}");
        String path = "/api/my/meshes/" + all.mesh.path("id").asText();

        assertThat(all.owner
                        .asks("GET", path, "")
                        .path("invites")
                        .get(0)
                        .path("code")
                        .isTextual())
                .isTrue();
        JsonNode shown = all.member.asks("GET", path, "").path("invites").get(0);
        assertThat(shown.path("code").isNull()).isTrue();
        assertThat(shown.path("token").isNull()).isTrue();
    }

    @Test
    void audit_export_isForAdministratorsAndRecordsItself() throws Exception {
        String path = all.filled("/api/my/meshes/MESH/audit");
        all.owner.call("GET", path, "");

        HttpResponse<String> answer = all.admin.call("GET", path, "");
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
        assertThat(answer.body()).doesNotContain(all.mesh.path("root_key").asText());
        assertThat(all.member.call("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(all.stranger.call("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void secrets_rotation_isTheOperators() throws Exception {
        HttpResponse<String> rotated =
                server.post("/api/admin/secrets/rotate", "", "Authorization", "Bearer " + server.operatorToken());

        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
        assertThat(Browser.json(rotated).path("unreadable").asInt()).isZero();
        assertThat(all.owner.call("POST", "/api/admin/secrets/rotate", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void deniedMember_cannotSendOnTheSocketEither() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            String target = all.memberKey.publicHex();
            assertThat(peer.sendMessage(target, "aGVsbG8=").path("queued").asBoolean())
                    .isTrue();

            all.owner.asks(
                    "POST",
                    all.filled("/cli/mesh/SLUG/permissions"),
                    "{\"member_id\":\"" + bobId + "\",\"permissions\":{\"canSend\":false}}");

            JsonNode refused = peer.sendMessage(target, "aGVsbG8=");
            assertThat(refused.path("queued").asBoolean()).isFalse();
            assertThat(refused.path("error").asText()).startsWith("forbidden");
        }
    }
}
