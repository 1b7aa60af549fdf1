package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteV2;
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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** HTTP §3.3, §3.4, §7 and §15: invitations from making to the first hello, as clients use them. */
@ResourceLock(SignInServer.NAME)
class InvitationsTest {
    private static SignInServer place;
    private static Server server;
    private static AccountPerson ada;

    @BeforeAll
    static void start() throws Exception {
        place = SignInServer.shared();
        server = place.server();
        ada = AccountPerson.signedUp(place);
    }

    @Test
    void claim_withMemberKey_leadsToAHello() throws Exception {
        JsonNode mesh = ada.createsMesh("claimed");
        JsonNode invite = ada.invites(mesh, "{}");
        BoxKeyPair claimKey = BoxKeyPair.generate();
        SigningKeyPair key = SigningKeyPair.generate();

        JsonNode claimed = json(claim(invite, claimBody(claimKey).put("peer_pubkey", key.publicHex())));

        assertThat(InviteV2.openRootKey(claimed.path("sealed_root_key").asText(), claimKey)
                        .map(Base64Text::encodeUrl))
                .contains(mesh.path("root_key").asText());
        assertThat(Signatures.verify(
                        claimed.path("canonical_v2").asText(),
                        claimed.path("signature").asText(),
                        mesh.path("owner_pubkey").asText()))
                .isTrue();
        try (RawPeer peer = RawPeer.connect(server, member(claimed, key))) {
            assertThat(peer.request(RawPeer.frame("list_peers")).path("peers")).hasSize(1);
        }
    }

    /** What an unmodified command line does: it makes its key after the claim. */
    @Test
    void claim_withoutMemberKey_isBoundByTheFirstHelloOnly() throws Exception {
        JsonNode mesh = ada.createsMesh("bound");
        JsonNode claimed = json(claim(ada.invites(mesh, "{}"), claimBody(BoxKeyPair.generate())));
        SigningKeyPair key = SigningKeyPair.generate();

        try (RawPeer peer = RawPeer.connect(server, member(claimed, key))) {
            assertThat(peer.isOpen()).isTrue();
        }
        try (RawPeer late = RawPeer.open(server)) {
            late.send(member(claimed, SigningKeyPair.generate()).hello());
            assertThat(late.next("error").path("code").asText()).isEqualTo("unauthorized");
        }
    }

    @Test
    void claim_hundredAtOnceOfFiveUses_letsExactlyFiveIn() throws Exception {
        JsonNode mesh = ada.createsMesh("raced");
        JsonNode invite = ada.invites(mesh, "{\"max_uses\":5}");

        List<Integer> statuses = atOnce(
                100,
                () -> claim(
                                invite,
                                claimBody(BoxKeyPair.generate())
                                        .put(
                                                "peer_pubkey",
                                                SigningKeyPair.generate().publicHex()))
                        .statusCode());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 410).hasSize(95);
    }

    @Test
    void claim_badInput_isRefusedInTheProtocolsWords() throws Exception {
        JsonNode invite = ada.invites(ada.createsMesh("refused"), "{}");

        assertThat(post(
                        "/invites/NOSUCHCODE22/claim",
                        claimBody(BoxKeyPair.generate()).toString()))
                .satisfies(answer -> assertRefused(answer, 404, "not_found"));
        assertRefused(claimText(invite, "[1"), 400, "malformed");
        assertRefused(claimText(invite, "{}"), 400, "malformed");
        assertRefused(claimText(invite, "{\"recipient_x25519_pubkey\":\"" + "A".repeat(43) + "\"}"), 400, "malformed");
        assertRefused(
                claimText(
                        invite,
                        claimBody(BoxKeyPair.generate())
                                .put("display_name", "a\u202eb")
                                .toString()),
                400,
                "malformed");
        assertThat(claimText(invite, "{\"x\":\"" + "x".repeat(70_000) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(claim(invite, claimBody(BoxKeyPair.generate())).statusCode()).isEqualTo(200);
        assertRefused(claim(invite, claimBody(BoxKeyPair.generate())), 410, "exhausted");
    }

    @Test
    void revoke_ownInvitation_endsIt() throws Exception {
        JsonNode invite = ada.invites(ada.createsMesh("revoked"), "{}");
        Browser stranger = place.signedIn(place.newPerson());
        String path = "/api/my/invites/" + invite.path("id").asText();

        assertThat(stranger.callJson("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(ada.browser().callJson("DELETE", path, "").statusCode()).isEqualTo(200);

        assertRefused(claim(invite, claimBody(BoxKeyPair.generate())), 410, "revoked");
    }

    @Test
    void code_meshMadeByAPerson_carriesNoRootKey() throws Exception {
        JsonNode mesh = ada.createsMesh("keyless links");
        JsonNode invite = ada.invites(mesh, "{}");
        String code = invite.path("code").asText();

        JsonNode resolved = json(server.get("/api/public/invite-code/" + code));
        assertThat(resolved.path("found").asBoolean()).isTrue();
        assertThat(resolved.has("token")).isFalse();
        assertThat(resolved.path("owner_pubkey").asText())
                .isEqualTo(mesh.path("owner_pubkey").asText());
        assertThat(server.get("/i/" + code).body())
                .contains("claudemesh join")
                .doesNotContain(mesh.path("root_key").asText());
    }

    @Test
    void code_meshWithV1Links_givesTheTokenThatJoins() throws Exception {
        JsonNode mesh = ada.createsMesh("old links");
        HttpResponse<String> allowed = ada.browser()
                .callJson("PATCH", "/mesh/" + mesh.path("id").asText() + "/settings", "{\"v1Invites\":true}");
        assertThat(allowed.statusCode()).isEqualTo(200);
        String code = ada.invites(mesh, "{}").path("code").asText();

        String token = json(server.get("/api/public/invite-code/" + code))
                .path("token")
                .asText();

        assertThat(token).hasSizeGreaterThan(100);
        assertThat(json(server.get("/api/public/invite/" + token)).path("valid").asBoolean())
                .isTrue();
    }

    @Test
    void mailedInvitation_isIncomingUntilItIsAnswered() throws Exception {
        JsonNode mesh = ada.createsMesh("by mail");
        String email = place.newPerson();
        Browser bob = place.signedIn(email);
        assertThat(ada.invites(mesh, "{\"email\":\"" + email.toUpperCase() + "\"}")
                        .path("emailed")
                        .asBoolean())
                .isTrue();

        JsonNode incoming = Browser.json(bob.get("/api/my/invites/incoming")).path("incoming");
        assertThat(incoming).hasSize(1);
        assertThat(incoming.get(0).path("meshSlug").asText())
                .isEqualTo(mesh.path("slug").asText());
        assertThat(incoming.get(0).path("inviterEmail").asText()).isEqualTo(ada.email());

        String path = "/api/my/invites/incoming/" + incoming.get(0).path("id").asText();
        assertThat(ada.browser().callJson("DELETE", path, "").statusCode()).isEqualTo(400);
        assertThat(bob.callJson("DELETE", path, "").statusCode()).isEqualTo(200);
        assertThat(Browser.json(bob.get("/api/my/invites/incoming")).path("incoming"))
                .isEmpty();
        assertRefused(claim((ObjectNode) incoming.get(0), claimBody(BoxKeyPair.generate())), 410, "revoked");
    }

    @Test
    void incomingInvitation_claimedByItsCode_isAccepted() throws Exception {
        JsonNode mesh = ada.createsMesh("accepted");
        String email = place.newPerson();
        Browser bob = place.signedIn(email);
        ada.invites(mesh, "{\"email\":\"" + email + "\"}");
        JsonNode incoming = Browser.json(bob.get("/api/my/invites/incoming"))
                .path("incoming")
                .get(0);

        assertThat(claim(incoming, claimBody(BoxKeyPair.generate())).statusCode())
                .isEqualTo(200);

        assertThat(Browser.json(bob.get("/api/my/invites/incoming")).path("incoming"))
                .isEmpty();
    }

    @Test
    void mailedInvitations_moreThanAnHourAllows_areRefused() throws Exception {
        AccountPerson eager = AccountPerson.signedUp(place);
        JsonNode mesh = eager.createsMesh("spam");
        String path = "/cli/mesh/" + mesh.path("slug").asText() + "/invite";
        for (int i = 0; i < 5; i++) {
            eager.asks("POST", path, "{\"email\":\"nobody" + i + "@example.org\"}");
        }

        assertThat(eager.call("POST", path, "{\"email\":\"nobody5@example.org\"}")
                        .statusCode())
                .isEqualTo(429);
        assertThat(eager.call("POST", path, "{}").statusCode()).isEqualTo(200);
    }

    private static TestMember member(JsonNode claimed, SigningKeyPair key) {
        return new TestMember(
                claimed.path("mesh_id").asText(),
                claimed.path("member_id").asText(),
                key.publicHex(),
                key.secretHex(),
                "Bob");
    }

    private static ObjectNode claimBody(BoxKeyPair key) {
        return Json.mapper().createObjectNode().put("recipient_x25519_pubkey", Base64Text.encodeUrl(key.publicKey()));
    }

    private static HttpResponse<String> claim(JsonNode invite, ObjectNode body) throws Exception {
        return claimText(invite, body.toString());
    }

    private static HttpResponse<String> claimText(JsonNode invite, String body) throws Exception {
        return post("/invites/" + invite.path("code").asText() + "/claim", body);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return server.post(path, body);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asText()).isEqualTo(error);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer);
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
