package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.AccountPerson;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.PopulatedMesh;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on in meshes, for members, for the person itself, and for administrators of the server (HTTP §7, §9). */
@ResourceLock(SignInServer.NAME)
class MeshActivityTest {
    private static final String CIPHERTEXT = "bm9ib2R5IHNlZXMgdGhpcw==";
    private static Server server;
    private static PopulatedMesh all;

    @BeforeAll
    static void start() throws Exception {
        all = PopulatedMesh.shared();
        server = SignInServer.shared().server();
    }

    private static JsonNode stream(AccountPerson person) {
        return person.asks("GET", all.filled("/api/my/meshes/MESH/stream"), "");
    }

    private static List<String> envelopes(AccountPerson person) {
        return stream(person).path("envelopes").findValuesAsText("id");
    }

    private static JsonNode admin(String path) throws Exception {
        HttpResponse<String> answer = server.get(all.filled(path), "Authorization", "Bearer " + server.operatorToken());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return Browser.json(answer);
    }

    @Test
    void stream_envelope_isSeenByThoseItConcernsAndByAdministrators() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        AccountPerson carol = all.signedUp();
        all.joins(carol, "member", SigningKeyPair.generate());
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            String id = peer.sendMessage(all.memberKey.publicHex(), CIPHERTEXT)
                    .path("messageId")
                    .asText();

            assertThat(envelopes(bob)).contains(id);
            assertThat(envelopes(all.member)).contains(id);
            assertThat(envelopes(all.owner)).contains(id);
            assertThat(envelopes(carol)).doesNotContain(id);
            assertThat(envelopes(all.stranger)).isEmpty();
            assertThat(stream(all.owner).toString()).doesNotContain(CIPHERTEXT);
        }
    }

    @Test
    void stream_presence_hiddenOneIsSeenByItselfAndByAdministrators() {
        AccountPerson bob = all.signedUp();
        SigningKeyPair key = SigningKeyPair.generate();
        String bobId = all.joins(bob, "member", key);
        try (RawPeer peer = RawPeer.connect(server, all.peer(bobId, key))) {
            peer.send(RawPeer.frame("set_status").put("status", "working"));
            peer.request(RawPeer.frame("list_peers"));
            JsonNode presence = presence(stream(all.member), bobId);
            assertThat(presence.path("status").asText()).isEqualTo("working");
            assertThat(presence.path("statusSource").asText()).isEqualTo("manual");
            assertThat(presence.path("cwd").asText()).isEqualTo("/project");
            assertThat(presence.path("disconnectedAt").isNull()).isTrue();
            peer.request(RawPeer.frame("set_visible").put("visible", false));
            Waiting.until("the hiding is stored", Duration.ofSeconds(10), () -> !shows(all.member, bobId));
            assertThat(shows(bob, bobId)).isTrue();
            assertThat(shows(all.owner, bobId)).isTrue();
            assertThat(stream(all.member).path("auditEvents").findValuesAsText("eventType"))
                    .contains("peer_joined");
        }
        assertThat(stream(all.stranger).toString()).isEqualTo("{\"presences\":[],\"envelopes\":[],\"auditEvents\":[]}");
    }

    private static boolean shows(AccountPerson person, String memberId) {
        return stream(person).path("presences").findValuesAsText("memberId").contains(memberId);
    }

    private static JsonNode presence(JsonNode stream, String memberId) {
        for (JsonNode one : stream.path("presences")) {
            if (one.path("memberId").asText().equals(memberId)) {
                return one;
            }
        }
        throw new AssertionError(memberId + " is not in " + stream);
    }

    @Test
    void export_person_holdsItsOwnThingsWithoutSecrets() {
        AccountPerson bob = all.signedUp();
        JsonNode made = bob.createsMesh("exported");
        bob.invites(made, "{}");
        all.joins(bob, "member", SigningKeyPair.generate());

        JsonNode export = bob.asks("GET", "/api/my/export", "");

        assertThat(export.path("user").path("email").asText()).isEqualTo(bob.email());
        assertThat(export.path("meshesOwned").findValuesAsText("id"))
                .containsExactly(made.path("id").asText());
        assertThat(export.path("memberships").findValuesAsText("meshId"))
                .containsExactlyInAnyOrder(
                        made.path("id").asText(), all.mesh.path("id").asText());
        assertThat(export.path("invitesSent")).hasSize(1);
        assertThat(export.path("auditEvents").findValuesAsText("eventType"))
                .contains("mesh_created", "invite_created", "audit_exported");
        assertThat(export.path("auditEvents").findValuesAsText("meshId"))
                .containsOnly(made.path("id").asText());
        assertThat(export.toString())
                .doesNotContain(made.path("root_key").asText())
                .doesNotContain(all.mesh.path("id").asText() + "\",\"eventType");
    }

    @Test
    void export_moreThanAnHourAllows_isRefusedToThisAccountOnly() {
        AccountPerson bob = all.signedUp();
        for (int i = 0; i < 4; i++) {
            bob.asks("GET", "/api/my/export", "");
        }

        HttpResponse<String> refused = bob.call("GET", "/api/my/export", "");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Browser.json(refused).path("error").asText()).isEqualTo("rate_limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 900L);
        assertThat(all.signedUp().call("GET", "/api/my/export", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void adminLists_findTheMeshAndWhatIsInIt() throws Exception {
        String slug = all.mesh.path("slug").asText();
        try (RawPeer peer = RawPeer.connect(server, all.peer(all.memberId, all.memberKey))) {
            peer.request(RawPeer.frame("list_peers"));

            JsonNode meshes = admin("/api/admin/meshes?q=" + slug + "&archived=false&tier=free&tier=pro&perPage=5"
                    + "&sort=%5B%7B%22id%22:%22memberCount%22,%22desc%22:true%7D%5D");
            assertThat(meshes.path("data").findValuesAsText("id"))
                    .contains(all.mesh.path("id").asText());
            assertThat(meshes.path("data").get(0).path("ownerEmail").asText()).isEqualTo(all.owner.email());
            assertThat(admin("/api/admin/sessions?q=" + slug + "&active=true&status=idle")
                            .path("data")
                            .findValuesAsText("memberId"))
                    .contains(all.memberId);
        }
        assertThat(admin("/api/admin/invites?q=" + slug + "&expired=false&perPage=100")
                        .path("total")
                        .asLong())
                .isPositive();
        assertThat(admin("/api/admin/audit?meshId=MESH&eventType=mesh_created")
                        .path("data")
                        .findValuesAsText("meshSlug"))
                .containsExactly(slug);
        assertThat(admin("/api/admin/summary/mesh").path("activeMeshes").asLong())
                .isPositive();
    }

    @Test
    void adminDetails_showEverythingButWhatOpensTheMesh() throws Exception {
        JsonNode invite = all.owner.invites(all.mesh, "{}");

        String details = admin("/api/admin/meshes/MESH").toString();
        String invites = admin("/api/admin/invites?perPage=100").toString();

        assertThat(details)
                .contains(
                        all.memberKey.publicHex(),
                        "invite_created",
                        invite.path("id").asText())
                .doesNotContain(invite.path("code").asText())
                .doesNotContain(all.mesh.path("root_key").asText());
        assertThat(invites)
                .contains(invite.path("id").asText())
                .doesNotContain(invite.path("code").asText());
        assertThat(admin("/api/admin/meshes/nosuchmesh").toString())
                .isEqualTo("{\"mesh\":null,\"members\":[],\"presences\":[],\"invites\":[],\"auditEvents\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meshes?page=0",
                "meshes?perPage=101",
                "meshes?perPage=ten",
                "meshes?archived=maybe",
                "meshes?tier=gold",
                "meshes?sort=name",
                "meshes?sort=%5B%7B%22id%22:%22owner_secret_enc%22%7D%5D",
                "meshes?createdAt=1",
                "audit?createdAt=a&createdAt=b",
                "sessions?status=busy"
            })
    void adminList_badQuery_isRefusedWithTheNameOfTheParameter(String query) throws Exception {
        HttpResponse<String> answer =
                server.get("/api/admin/" + query, "Authorization", "Bearer " + server.operatorToken());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Browser.json(answer).path("field").asText()).isEqualTo(query.replaceAll("^.*\\?|=.*$", ""));
    }

    @Test
    void adminLists_administratorInABrowser_seesThem() throws Exception {
        Browser administrator = SignInServer.shared().administrator();

        assertThat(administrator.get("/api/admin/meshes").statusCode()).isEqualTo(200);
        String owner = Browser.json(administrator.get(all.filled("/api/admin/meshes/MESH")))
                .path("mesh")
                .path("ownerUserId")
                .asText();
        assertThat(Browser.json(administrator.get("/api/admin/users/" + owner + "/memberships"))
                        .path("data")
                        .findValuesAsText("meshId"))
                .contains(all.mesh.path("id").asText());
        assertThat(Browser.json(administrator.get("/api/admin/users/" + owner + "/invitations"))
                        .path("total")
                        .asLong())
                .isPositive();
    }
}
