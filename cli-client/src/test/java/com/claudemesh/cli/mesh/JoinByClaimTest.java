package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.InviteServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinByClaimTest {
    private static final String CLAIM = "/invites/" + InviteServer.CODE + "/claim";

    private final InviteServer server = new InviteServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost host() {
        return new TestHost(home).withRealInvites();
    }

    @Test
    void call_code_storesTheMembershipWithTheUnsealedRootKey() {
        TestHost host = host();

        assertThat(host.run("join", server.link())).isZero();

        Membership mesh = host.config().membership("crew").orElseThrow();
        assertThat(mesh.rootKey()).isEqualTo(server.rootKey());
        assertThat(mesh.inviteVersion()).isEqualTo(2);
        assertThat(mesh.memberId()).isEqualTo("memberid000000000000000000000001");
        assertThat(mesh.name()).isEqualTo("The Crew");
        assertThat(mesh.brokerUrl()).isEqualTo(server.brokerUrl());
    }

    @Test
    void call_code_claimsForTheKeyThatIsStored() {
        TestHost host = host();

        host.run("join", server.link(), "--name", "Ada");

        Membership mesh = host.config().membership("crew").orElseThrow();
        JsonNode claim = server.bodiesTo(CLAIM).get(0);
        assertThat(claim.path("peer_pubkey").asText()).isEqualTo(mesh.pubkey());
        assertThat(SigningKeyPair.fromSecretHex(mesh.secretKey()).publicHex()).isEqualTo(mesh.pubkey());
        assertThat(claim.path("display_name").asText()).isEqualTo("Ada");
    }

    @Test
    void call_code_leavesTheTokenRouteAlone() {
        host().run("join", server.link());

        assertThat(server.bodiesTo("/join")).isEmpty();
    }

    @Test
    void call_sameCodeAgain_usesNothingUp() {
        server.usesLeft(5);
        TestHost host = host();
        host.run("join", server.link());

        assertThat(host.run("join", "--json", server.link())).isZero();

        assertThat(host.json().path("already_member").asBoolean()).isTrue();
        assertThat(server.bodiesTo(CLAIM)).hasSize(1);
    }

    @Test
    void call_usedUpCodeOfAJoinedMesh_isKnownAgain() {
        TestHost host = host();
        host.run("join", server.link());

        assertThat(host.run("join", "--json", server.link())).isZero();

        assertThat(host.json().path("already_member").asBoolean()).isTrue();
        assertThat(server.bodiesTo(CLAIM)).hasSize(1);
    }

    @Test
    void call_bareCode_asksTheConfiguredServer() {
        TestHost host = host().with("CLAUDEMESH_BROKER_URL", server.brokerUrl());

        assertThat(host.run("join", InviteServer.CODE)).isZero();
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_bareCodeWithoutServer_error() {
        assertThat(host().run("join", InviteServer.CODE)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_claimAddressOfTheEnvironment_isUsed() {
        server.on("POST", "/elsewhere/(.+)", request -> Reply.error(410, "revoked"));
        TestHost host = host().with("CLAUDEMESH_CLAIM_URL", server.url() + "/elsewhere/{code}");

        assertThat(host.run("join", "--json", server.link())).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("invite_revoked");
    }

    @Test
    void call_serverWithoutClaims_usesTheToken() {
        server.withoutClaims();
        TestHost host = host();

        assertThat(host.run("join", server.link())).isZero();

        Membership mesh = host.config().membership("crew").orElseThrow();
        assertThat(mesh.inviteVersion()).isEqualTo(1);
        assertThat(mesh.rootKey()).isEqualTo(server.rootKey());
    }

    @Test
    void call_serverThatHasNeverHeardOfClaims_usesTheToken() {
        server.withoutClaims();
        server.on("POST", "/invites/(.+)/claim", request -> new Reply(404, null));
        TestHost host = host();

        assertThat(host.run("join", server.link())).isZero();
        assertThat(host.config().membership("crew").orElseThrow().inviteVersion())
                .isEqualTo(1);
    }

    @Test
    void call_tokenLink_stillWorks() {
        TestHost host = host();

        assertThat(host.run("join", server.tokenLink())).isZero();

        assertThat(host.config().membership("crew").orElseThrow().memberId())
                .isEqualTo("memberid000000000000000000000002");
        assertThat(PrivateFiles.mode(home.resolve(".claudemesh/invite-crew.txt")))
                .contains("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "400,malformed,invite_malformed,3",
        "400,bad_signature,invite_bad_signature,3",
        "404,not_found,invite_not_found,5",
        "410,revoked,invite_revoked,5",
        "410,expired,invite_expired,5",
        "410,exhausted,invite_exhausted,5",
        "429,rate_limited,rate_limited,8",
        "500,internal,internal,8"
    })
    void call_refusedClaim_saysWhy(int status, String error, String token, int exitCode) {
        server.on("POST", "/invites/(.+)/claim", request -> Reply.error(status, error));
        TestHost host = host();

        assertThat(host.run("join", "--json", server.link())).isEqualTo(exitCode);

        assertThat(host.json().path("error").asText()).isEqualTo(token);
        assertThat(host.config().memberships()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "owner_pubkey", "canonical_v2", "mesh_id"})
    void call_foreignProof_storesNothing(String field) {
        SigningKeyPair stranger = SigningKeyPair.generate();
        InviteV2 forged = new InviteV2(InviteServer.MESH_ID, "i", 1_900_000_000L, "admin", stranger.publicHex());
        server.spoil(
                field,
                TextNode.valueOf(
                        switch (field) {
                            case "signature" -> forged.sign(stranger.secretHex());
                            case "owner_pubkey" -> stranger.publicHex();
                            case "canonical_v2" -> forged.canonical();
                            default -> "another00000000000000000000000001";
                        }));
        TestHost host = host();

        assertThat(host.run("join", "--json", server.link())).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(host.json().path("error").asText()).isEqualTo("invite_bad_signature");
        assertThat(host.config().memberships()).isEmpty();
    }

    @Test
    void call_missingSignature_storesNothing() {
        server.spoil("signature", TextNode.valueOf(""));
        TestHost host = host();

        assertThat(host.run("join", server.link())).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.config().memberships()).isEmpty();
    }

    @Test
    void call_rootKeySealedToSomebodyElse_storesNothing() {
        String foreign = InviteV2.sealRootKey(
                new byte[InviteV2.ROOT_KEY_BYTES], BoxKeyPair.generate().publicKey());
        server.spoil("sealed_root_key", TextNode.valueOf(foreign));
        TestHost host = host();

        assertThat(host.run("join", "--json", server.link())).isEqualTo(ExitCode.INTERNAL_ERROR);

        assertThat(host.json().path("error").asText()).isEqualTo("bad_claim");
        assertThat(host.config().memberships()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x/ws", "ws://a b/ws", "wss://user@host/ws", "file:///ws", "wss://host/"})
    void call_strangeAddress_storesNothing(String address) {
        server.spoil("broker_url", TextNode.valueOf(address));
        TestHost host = host();

        assertThat(host.run("join", server.link())).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(host.config().memberships()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "", "a b", "-rf", "\u001b[31m"})
    void call_strangeSlug_isReplaced(String slug) {
        server.spoil("mesh_slug", TextNode.valueOf(slug));
        TestHost host = host();

        assertThat(host.run("join", server.link())).isZero();
        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("mesh-meshid00");
    }

    private void signedInAt(TestHost host, String server) {
        host.services()
                .authFile()
                .store(new StoredLogin("a-token", AccountServer.ADA, TokenSource.DEVICE_CODE, server, ""));
    }

    private String authorizationOfTheClaim(int index) {
        return server.requests().stream()
                .filter(request -> request.path().equals(CLAIM))
                .toList()
                .get(index)
                .authorization();
    }

    @Test
    void call_signedInThere_claimsForTheAccount() {
        TestHost host = host();
        signedInAt(host, server.url());

        assertThat(host.run("join", server.link())).isZero();
        assertThat(authorizationOfTheClaim(0)).isEqualTo("Bearer a-token");
    }

    @Test
    void call_signedInElsewhere_doesNotShowTheToken() {
        TestHost host = host();
        signedInAt(host, "http://127.0.0.1:9");

        assertThat(host.run("join", server.link())).isZero();
        assertThat(authorizationOfTheClaim(0)).isEmpty();
    }

    @Test
    void call_staleSignIn_joinsWithoutAccount() {
        server.refusesTokens();
        TestHost host = host();
        signedInAt(host, server.url());

        assertThat(host.run("join", server.link())).isZero();
        assertThat(authorizationOfTheClaim(1)).isEmpty();
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_damagedSignIn_joinsWithoutAccount() {
        TestHost host = host();
        PrivateFiles.replace(home.resolve(".claudemesh/auth.json"), "{");

        assertThat(host.run("join", server.link())).isZero();
    }

    @Test
    void call_unknownCode_error() {
        TestHost host = host();

        assertThat(host.run("join", "--json", server.url() + "/i/zzzzzzzz")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("invite_not_found");
    }

    @Test
    void call_serverGone_error() {
        server.close();

        assertThat(host().run("join", server.link())).isEqualTo(ExitCode.NETWORK_ERROR);
    }
}
