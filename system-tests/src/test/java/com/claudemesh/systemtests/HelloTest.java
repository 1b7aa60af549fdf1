package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SessionHellos;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The greeting: wire protocol §1.2 to §1.5 and §1.8. */
@ResourceLock(SharedServer.DEFAULTS)
class HelloTest {
    private static Server server;
    private static TestMesh mesh;
    private static TestMember alice;
    private static TestMember bob;

    @BeforeAll
    static void provision() {
        server = SharedServer.withDefaults();
        mesh = TestMesh.with(server, 3);
        alice = mesh.member(0);
        bob = mesh.member(1);
    }

    @Test
    void hello_valid_isAnsweredFirstWithTheMembersProfile() {
        try (RawPeer peer = RawPeer.open(server)) {
            peer.send(alice.hello());

            JsonNode ack = peer.next();
            assertThat(ack.path("type").asText()).isEqualTo("hello_ack");
            assertThat(ack.path("presenceId").asText()).matches("[0-9A-Za-z]{20,}");
            assertThat(ack.path("memberDisplayName").asText()).isEqualTo(alice.displayName());
            assertThat(ack.path("memberProfile").path("roleTag").isNull()).isTrue();
            assertThat(ack.path("memberProfile").path("groups").isArray()).isTrue();
            assertThat(ack.path("memberProfile").path("messageMode").asText()).isEqualTo("push");
            assertThat(ack.path("services").isArray()).isTrue();
        }
    }

    @Test
    void hello_withoutCwdAndWithEmptySessionKey_isAccepted() {
        ObjectNode hello = alice.hello();
        hello.remove("cwd");
        hello.remove("pid");
        hello.put("sessionPubkey", "");

        RawPeer.connect(server, hello).close();
    }

    @Test
    void anyFrame_beforeHello_isRefusedAndTheSocketStaysUsable() {
        try (RawPeer peer = RawPeer.open(server)) {
            peer.send(RawPeer.frame("list_peers").put("_reqId", "q"));
            JsonNode error = peer.next();
            assertThat(error.path("code").asText()).isEqualTo("no_hello");
            assertThat(error.path("_reqId").asText()).isEqualTo("q");

            peer.send(alice.hello());

            assertThat(peer.next().path("type").asText()).isEqualTo("hello_ack");
        }
    }

    @Test
    void hello_twice_isRefusedAndTheConnectionStaysOpen() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            peer.send(alice.hello().put("_reqId", "again"));

            assertThat(peer.next("error").path("code").asText()).isEqualTo("already_hello");
            assertThat(peer.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
        }
    }

    @Test
    void hello_sessionKeyInUpperCase_isRefused() {
        assertRefused(alice.hello().put("sessionPubkey", "AB".repeat(32)), "bad_session_pubkey", 1008);
    }

    @Test
    void hello_sessionKeyOfAnotherMember_isRefused() {
        assertRefused(alice.hello().put("sessionPubkey", bob.publicKey()), "bad_session_pubkey", 1008);
    }

    @Test
    void hello_sessionKeyInUseByAnotherMember_isRefusedAndItsOwnerUnharmed() {
        String sessionKey = SigningKeyPair.generate().publicHex();
        try (RawPeer owner = RawPeer.connect(server, bob.hello().put("sessionPubkey", sessionKey))) {
            assertRefused(alice.hello().put("sessionPubkey", sessionKey), "bad_session_pubkey", 1008);

            assertThat(owner.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
        }
    }

    @Test
    void hello_sessionSignatureOfAnotherKey_isRefused() {
        SigningKeyPair session = SigningKeyPair.generate();
        ObjectNode hello = alice.hello().put("sessionPubkey", session.publicHex());
        hello.put(
                "sessionSignature",
                Signatures.sign("something else", SigningKeyPair.generate().secretHex()));

        assertRefused(hello, "bad_signature", 1008);
    }

    @Test
    void hello_provenSessionKey_isListedAsVerified() {
        SigningKeyPair session = SigningKeyPair.generate();
        ObjectNode hello = alice.hello().put("sessionPubkey", session.publicHex());
        String text = HelloText.canonical(
                alice.meshId(),
                alice.memberId(),
                alice.publicKey(),
                hello.path("timestamp").asLong());
        hello.put("sessionSignature", Signatures.sign(text, session.secretHex()));

        try (RawPeer peer = RawPeer.connect(server, hello)) {
            JsonNode self = find(peer.request(RawPeer.frame("list_peers")), session.publicHex());
            assertThat(self.path("sessionVerified").asBoolean()).isTrue();
            assertThat(self.path("memberPubkey").asText()).isEqualTo(alice.publicKey());
        }
    }

    @Test
    void hello_unprovenSessionKey_isListedAsUnverified() {
        String sessionKey = SigningKeyPair.generate().publicHex();
        try (RawPeer peer = RawPeer.connect(server, alice.hello().put("sessionPubkey", sessionKey))) {
            JsonNode self = find(peer.request(RawPeer.frame("list_peers")), sessionKey);
            assertThat(self.path("sessionVerified").asBoolean(true)).isFalse();
        }
    }

    @Test
    void hello_clockOff61Seconds_isRefusedEitherWay() {
        long now = System.currentTimeMillis();
        assertRefused(alice.hello(now - 61_000), "timestamp_skew", 1008);
        assertRefused(alice.hello(now + 62_000), "timestamp_skew", 1008);
    }

    @Test
    void hello_clockOff55Seconds_isAccepted() {
        RawPeer.connect(server, alice.hello(System.currentTimeMillis() - 55_000))
                .close();
    }

    @Test
    void hello_timestampAsText_isRefused() {
        ObjectNode hello = alice.hello();
        hello.put("timestamp", hello.path("timestamp").asText());

        assertRefused(hello, "timestamp_skew", 1008);
    }

    @Test
    void hello_signatureNotHex_isMalformed() {
        assertRefused(alice.hello().put("signature", "zz".repeat(64)), "malformed", 1008);
    }

    @Test
    void hello_fieldOfAWrongType_isMalformed() {
        assertRefused(alice.hello().put("sessionId", 7), "malformed", 1008);
    }

    @Test
    void hello_changedAfterSigning_isBadSignature() {
        assertRefused(alice.hello().put("memberId", bob.memberId()), "bad_signature", 1008);
    }

    @Test
    void hello_signedByAnotherKey_isBadSignature() {
        assertRefused(alice.hello().put("pubkey", bob.publicKey()), "bad_signature", 1008);
    }

    @Test
    void hello_ofAStranger_isUnauthorized() {
        SigningKeyPair stranger = SigningKeyPair.generate();
        TestMember nobody =
                new TestMember(alice.meshId(), alice.memberId(), stranger.publicHex(), stranger.secretHex(), "nobody");

        assertRefused(nobody.hello(), "unauthorized", 1008);
    }

    @Test
    void hello_forAMeshThatDoesNotExist_isUnauthorized() {
        TestMember elsewhere = new TestMember(
                "noSuchMesh00000000000000000000", alice.memberId(), alice.publicKey(), alice.secretKey(), "alice");

        assertRefused(elsewhere.hello(), "unauthorized", 1008);
    }

    @Test
    void hello_forAnotherMeshOfTheServer_isUnauthorized() {
        TestMesh other = TestMesh.with(server, 1);
        TestMember intruder =
                new TestMember(other.meshId(), alice.memberId(), alice.publicKey(), alice.secretKey(), "alice");

        assertRefused(intruder.hello(), "unauthorized", 1008);
    }

    @Test
    void hello_sameSessionAgain_replacesTheFirstConnectionSilently() {
        TestMember carol = mesh.member(2);
        try (RawPeer witness = RawPeer.connect(server, alice)) {
            ObjectNode hello = carol.hello().put("sessionId", "the-session");
            RawPeer first = RawPeer.connect(server, hello);
            RawPeer second = RawPeer.connect(server, carol.hello().put("sessionId", "the-session"));

            assertThat(first.awaitClose()).isEqualTo(new RawPeer.Closed(1000, "session_replaced"));
            JsonNode list = witness.request(RawPeer.frame("list_peers"));
            assertThat(list.path("peers").findValuesAsText("sessionId")).containsOnlyOnce("the-session");
            assertThat(witness.everythingSoFar())
                    .noneMatch(frame -> frame.path("event").asText().equals("peer_left"));
            second.close();
        }
    }

    @Test
    void hello_sessionIdOfAnotherMember_leavesThatMemberConnected() {
        try (RawPeer victim = RawPeer.connect(server, bob.hello().put("sessionId", "shared-id"));
                RawPeer other = RawPeer.connect(server, alice.hello().put("sessionId", "shared-id"))) {
            assertThat(victim.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void hello_replayedWhileFresh_isAnotherConnectionOfTheSameMemberAndHarmsNobody() {
        ObjectNode hello = bob.hello();
        try (RawPeer original = RawPeer.connect(server, hello)) {
            RawPeer replay = RawPeer.connect(server, hello.deepCopy().put("sessionId", "replayed"));

            assertThat(original.request(RawPeer.frame("list_peers"))
                            .path("type")
                            .asText())
                    .isEqualTo("peers_list");
            replay.close();
        }
    }

    @Test
    void sessionHello_attestedByTheMember_isAccepted() {
        SigningKeyPair session = SigningKeyPair.generate();
        try (RawPeer peer = RawPeer.open(server)) {
            peer.send(sessionHello(session, System.currentTimeMillis() + 3_600_000));

            JsonNode ack = peer.next();
            assertThat(ack.path("type").asText()).isEqualTo("hello_ack");
            assertThat(ack.has("services")).isFalse();
        }
    }

    @Test
    void sessionHello_attestationExpired_isRefused() {
        assertRefused(sessionHello(SigningKeyPair.generate(), System.currentTimeMillis() - 1), "expired", 1008);
    }

    @Test
    void sessionHello_attestationTooLong_isRefused() {
        long tooLate = System.currentTimeMillis() + 25 * 3_600_000L;
        assertRefused(sessionHello(SigningKeyPair.generate(), tooLate), "ttl_too_long", 1008);
    }

    @Test
    void sessionHello_attestationForAnotherKey_isRefused() {
        ObjectNode hello = sessionHello(SigningKeyPair.generate(), System.currentTimeMillis() + 3_600_000);
        hello.put("sessionPubkey", SigningKeyPair.generate().publicHex());

        assertRefused(hello, "attestation_mismatch", 1008);
    }

    private static ObjectNode sessionHello(SigningKeyPair session, long expiresAt) {
        return SessionHellos.of(alice, session, expiresAt);
    }

    @Test
    void joiningAndLeaving_ofAnotherMember_isAnnounced() {
        TestMesh fresh = TestMesh.with(server, 2);
        try (RawPeer witness = RawPeer.connect(server, fresh.member(0))) {
            RawPeer visitor = RawPeer.connect(server, fresh.member(1));
            JsonNode joined = witness.nextEvent("peer_joined");
            assertThat(joined.path("senderPubkey").asText()).isEqualTo("system");
            assertThat(joined.path("eventData").path("pubkey").asText())
                    .isEqualTo(fresh.member(1).publicKey());

            visitor.close();
            assertThat(witness.nextEvent("peer_left")
                            .path("eventData")
                            .path("name")
                            .asText())
                    .isEqualTo(fresh.member(1).displayName());

            RawPeer.connect(server, fresh.member(1)).close();
            assertThat(witness.nextEvent("peer_returned").path("eventData").has("lastSeenAt"))
                    .isTrue();
        }
    }

    @Test
    void reconnect_afterASummary_isRestored() {
        TestMesh fresh = TestMesh.with(server, 2);
        try (RawPeer witness = RawPeer.connect(server, fresh.member(0))) {
            RawPeer first = RawPeer.connect(server, fresh.member(1));
            first.send(RawPeer.frame("set_summary").put("summary", "reviewing"));
            first.close();
            witness.nextEvent("peer_left");

            try (RawPeer again = RawPeer.open(server)) {
                again.send(fresh.member(1).hello());
                JsonNode ack = again.next();

                assertThat(ack.path("restored").asBoolean()).isTrue();
                assertThat(ack.path("lastSummary").asText()).isEqualTo("reviewing");
                assertThat(ack.path("lastSeenAt").asText())
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            }
        }
    }

    private static void assertRefused(ObjectNode hello, String code, int closeCode) {
        RawPeer peer = RawPeer.open(server);
        peer.send(hello);

        JsonNode error = peer.next();
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(peer.awaitClose()).isEqualTo(new RawPeer.Closed(closeCode, code));
    }

    private static JsonNode find(JsonNode list, String publicKey) {
        for (JsonNode peer : list.path("peers")) {
            if (peer.path("pubkey").asText().equals(publicKey)) {
                return peer;
            }
        }
        throw new AssertionError(publicKey + " is not in " + list);
    }
}
