package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.RestClient.Answer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealed keys of topics over REST. */
class RestTopicKeysTest extends RestScenario {
    @Test
    void topicKeys_claimedSharedAndFetched_openForMembersOnly() {
        TestMember alice = mesh.member(5);
        TestMember frank = mesh.member(6);
        try (RawPeer aliceOnline = RawPeer.connect(server, alice);
                RawPeer frankOnline = RawPeer.connect(server, frank)) {
            create(aliceOnline, topic, "public");
            join(frankOnline, topic);
            RestClient ofAlice = key(aliceOnline, List.of("read", "send"));
            RestClient ofFrank = key(frankOnline, List.of("read", "send"));
            JsonNode copy = ofAlice.get("/topics/" + topic + "/key").json();
            byte[] key = open(copy, alice);

            assertThat(copy.path("keyEpoch").asInt()).isEqualTo(1);
            assertThat(ofFrank.get("/topics/" + topic + "/key").error()).isEqualTo("key_not_sealed_for_member");
            JsonNode pending =
                    ofAlice.get("/topics/" + topic + "/pending-seals").json();
            assertThat(names(pending.path("pending"), "memberId")).containsExactly(frank.memberId());
            ObjectNode seal = seal(key, frank, alice);
            assertThat(ofAlice.post("/topics/" + topic + "/seal", "{}")
                            .json()
                            .path("field")
                            .asText())
                    .isEqualTo("memberId");
            assertThat(ofAlice.post(
                                    "/topics/" + topic + "/seal",
                                    seal.deepCopy().put("encryptedKey", "AAAA"))
                            .status())
                    .isEqualTo(400);
            Answer sealed = ofAlice.post("/topics/" + topic + "/seal", seal);
            assertThat(sealed.status()).as(sealed.response().body()).isEqualTo(200);
            JsonNode franks = ofFrank.get("/topics/" + topic + "/key").json();
            assertThat(open(franks, frank)).isEqualTo(key);
            assertThat(franks.path("sealedByMemberId").asText()).isEqualTo(alice.memberId());
            assertThat(ofAlice.post("/topics/" + topic + "/seal", seal).error()).isEqualTo("already_sealed");
            assertThat(ofFrank.post("/topics/" + topic + "/claim-key", claim(frank))
                            .error())
                    .isEqualTo("already_encrypted");
        }
    }

    @Test
    void topicKeys_afterARotation_earlierOnesSayWhoseSealTheyAreAndAreSharedWithWhoeverWasThere() {
        TestMember alice = mesh.member(7);
        TestMember frank = mesh.member(8);
        try (RawPeer aliceOnline = RawPeer.connect(server, alice);
                RawPeer frankOnline = RawPeer.connect(server, frank);
                RawPeer guest = RawPeer.connect(server, mesh.member(9))) {
            create(aliceOnline, topic, "private");
            invite(aliceOnline, frank);
            RestClient ofAlice = key(aliceOnline, List.of("read", "send"));
            RestClient ofFrank = key(frankOnline, List.of("read", "send"));
            byte[] first = open(ofAlice.get("/topics/" + topic + "/key").json(), alice);
            invite(aliceOnline, mesh.member(9));
            guest.send(RawPeer.frame("topic_leave").put("topic", topic));
            guest.request(RawPeer.frame("topic_list"));
            Answer next =
                    ofAlice.post("/topics/" + topic + "/claim-key", claim(alice).put("keyEpoch", 2));
            assertThat(next.status()).as(next.response().body()).isEqualTo(200);

            JsonNode copy = ofAlice.get("/topics/" + topic + "/key?keyEpoch=1").json();
            assertThat(copy.path("senderPubkey").asText()).isNotEqualTo(alice.publicKey());
            assertThat(copy.has("sealedByStanding")).isFalse();
            JsonNode earlier =
                    ofAlice.get("/topics/" + topic + "/pending-seals").json().path("pendingEarlier");
            assertThat(names(earlier, "memberId")).containsExactly(frank.memberId());
            assertThat(names(earlier, "keyEpoch")).containsExactly("1");
            ofAlice.post("/topics/" + topic + "/seal", seal(first, frank, alice).put("keyEpoch", 1));
            JsonNode franks =
                    ofFrank.get("/topics/" + topic + "/key?keyEpoch=1").json();
            assertThat(open(franks, frank)).isEqualTo(first);
            assertThat(franks.path("sealedByStanding").asText()).isEqualTo("member");

            aliceOnline.send(RawPeer.frame("topic_leave").put("topic", topic));
            aliceOnline.request(RawPeer.frame("topic_list"));
            franks = ofFrank.get("/topics/" + topic + "/key?keyEpoch=1").json();
            assertThat(franks.path("sealedByStanding").asText()).isEqualTo("left");
            assertThat(franks.path("sealedByName").asText()).isEqualTo(alice.displayName());
            assertThat(franks.path("sealedByPubkey").asText()).isEqualTo(alice.publicKey());
        }
    }

    private void invite(RawPeer lead, TestMember member) {
        lead.request(RawPeer.frame("topic_invite").put("topic", topic).put("member", member.memberId()));
    }

    @Test
    void topicKey_ofATopicWithout_isClaimedOnce() {
        TestMesh other = TestMesh.with(server, 1);
        TestMember alone = other.member(0);
        try (RawPeer online = RawPeer.connect(server, alone)) {
            RestClient client = key(online, List.of("read", "send"));
            assertThat(client.get("/topics/general/key").error()).isEqualTo("topic_unencrypted");
            assertThat(client.get("/topics/general/pending-seals").json().path("pending"))
                    .isEmpty();
            ObjectNode claim = claim(alone);
            assertThat(client.post("/topics/general/claim-key", claim.deepCopy().put("encryptedKeyPubkey", "x"))
                            .json()
                            .path("field")
                            .asText())
                    .isEqualTo("encryptedKeyPubkey");

            Answer claimed = client.post("/topics/general/claim-key", claim);

            assertThat(claimed.status()).as(claimed.response().body()).isEqualTo(200);
            assertThat(claimed.json().path("claimed").asBoolean()).isTrue();
            assertThat(client.get("/topics/general/key").status()).isEqualTo(200);
            assertThat(client.post("/topics/general/claim-key", claim(alone)).status())
                    .isEqualTo(409);
        }
    }

    private static byte[] open(JsonNode copy, TestMember member) {
        return TopicKeys.open(
                        new Sealed(
                                copy.path("nonce").asText(),
                                copy.path("encryptedKey").asText()),
                        member.secretKey(),
                        null)
                .orElseThrow()
                .key();
    }

    private static BoxKeyPair box(TestMember member) {
        return BoxKeyPair.ofIdentity(member.secretKey());
    }

    private static ObjectNode seal(byte[] key, TestMember recipient, TestMember sealer) {
        Sealed sealed = TopicKeys.seal(key, recipient.publicKey(), box(sealer));
        return Json.mapper()
                .createObjectNode()
                .put("memberId", recipient.memberId())
                .put("encryptedKey", sealed.ciphertext())
                .put("nonce", sealed.nonce());
    }

    private static ObjectNode claim(TestMember claimer) {
        Sealed sealed = TopicKeys.seal(TopicKeys.generate(), claimer.publicKey(), box(claimer));
        return Json.mapper()
                .createObjectNode()
                .put("encryptedKeyPubkey", claimer.publicKey())
                .put("encryptedKey", sealed.ciphertext())
                .put("nonce", sealed.nonce());
    }
}
