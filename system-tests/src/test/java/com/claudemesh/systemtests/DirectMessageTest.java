package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Direct messages as unmodified clients send and receive them: wire protocol §4.2, §4.3, §4.6, §4.9. */
@ResourceLock(SharedServer.TUNED)
class DirectMessageTest {
    private static Server server;
    private TestMember alice;
    private TestMember bob;
    private TestMember carol;

    @BeforeAll
    static void start() {
        server = SharedServer.tuned();
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 3);
        alice = mesh.member(0);
        bob = mesh.member(1);
        carol = mesh.member(2);
    }

    @Test
    void send_toAMemberOnline_isAcknowledgedAndPushedUnchanged() {
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer receiver = RawPeer.connect(server, bob)) {
            ObjectNode send =
                    RawPeer.message(bob.publicKey(), "b3BhcXVl\u0000 ünï \"✓\"").put("nonce", "bm9uY2U=");
            sender.send(send.put("id", "1").put("priority", "low"));
            JsonNode ack = sender.next("ack");
            assertThat(ack.path("id").asText()).isEqualTo("1");
            assertThat(ack.path("queued").asBoolean()).isTrue();
            assertThat(ack.has("error")).isFalse();

            JsonNode push = receiver.nextMessage();
            assertThat(push.path("messageId")).isEqualTo(ack.path("messageId"));
            assertThat(push.path("ciphertext")).isEqualTo(send.path("ciphertext"));
            assertThat(push.path("nonce").asText()).isEqualTo("bm9uY2U=");
            assertThat(push.path("priority").asText()).isEqualTo("low");
            assertThat(push.path("senderPubkey").asText()).isEqualTo(alice.publicKey());
            assertThat(push.path("senderMemberPubkey").asText()).isEqualTo(alice.publicKey());
            assertThat(push.path("senderMemberId").asText()).isEqualTo(alice.memberId());
            assertThat(push.path("senderName").asText()).isEqualTo(alice.displayName());
            assertThat(push.path("meshId").asText()).isEqualTo(alice.meshId());
            assertThat(push.has("subtype")).isFalse();
        }
    }

    @Test
    void send_bySessionKey_reachesThatSessionOnly() {
        String sessionKey = SigningKeyPair.generate().publicHex();
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer wanted = RawPeer.connect(server, bob.hello().put("sessionPubkey", sessionKey));
                RawPeer other = RawPeer.connect(server, bob)) {
            sender.sendMessage(sessionKey, "eA==");

            assertThat(wanted.nextMessage().path("ciphertext").asText()).isEqualTo("eA==");
            assertThat(other.everythingSoFar()).noneMatch(frame -> frame.has("ciphertext") && !frame.has("event"));
        }
    }

    @Test
    void send_fromASessionKey_namesTheSessionAsSender() {
        String sessionKey = SigningKeyPair.generate().publicHex();
        try (RawPeer sender = RawPeer.connect(server, alice.hello().put("sessionPubkey", sessionKey));
                RawPeer receiver = RawPeer.connect(server, bob)) {
            sender.sendMessage(bob.publicKey(), "eA==");

            JsonNode push = receiver.nextMessage();
            assertThat(push.path("senderPubkey").asText()).isEqualTo(sessionKey);
            assertThat(push.path("senderMemberPubkey").asText()).isEqualTo(alice.publicKey());
        }
    }

    @Test
    void send_toAMemberWithSeveralSessions_reachesExactlyOne() {
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer one = RawPeer.connect(server, bob);
                RawPeer two = RawPeer.connect(server, bob)) {
            for (int i = 0; i < 20; i++) {
                sender.sendMessage(bob.publicKey(), "m" + i);
            }

            // The last ack may be a moment ahead of the message.
            List<String> got = new ArrayList<>();
            Waiting.until("all have arrived", Duration.ofSeconds(30), () -> {
                got.addAll(ciphertexts(one.everythingSoFar()));
                got.addAll(ciphertexts(two.everythingSoFar()));
                return got.size() >= 20;
            });
            assertThat(got).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void send_toNobodyKnown_isRefusedAndStoresNothing() {
        try (RawPeer sender = RawPeer.connect(server, alice)) {
            for (String target : List.of(
                    SigningKeyPair.generate().publicHex(),
                    bob.publicKey().substring(0, 16),
                    bob.displayName(),
                    bob.publicKey().toUpperCase(java.util.Locale.ROOT),
                    alice.publicKey(),
                    "tag:x",
                    "")) {
                JsonNode ack = sender.sendMessage(target, "eA==");
                assertThat(ack.path("queued").asBoolean(true)).as(target).isFalse();
                assertThat(ack.path("messageId").asText()).isEmpty();
                assertThat(ack.path("error").asText()).contains("no connected peer");
            }
        }
    }

    @Test
    void send_toAMemberOfAnotherMesh_isRefused() {
        TestMember stranger = TestMesh.with(server, 1).member(0);
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer elsewhere = RawPeer.connect(server, stranger)) {
            assertThat(sender.sendMessage(stranger.publicKey(), "eA==")
                            .path("error")
                            .asText())
                    .contains("no connected peer");
            assertThat(ciphertexts(elsewhere.everythingSoFar())).isEmpty();
        }
    }

    @Test
    void send_toOneselfWithAnotherSession_reachesTheOtherOnly() {
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer sibling = RawPeer.connect(server, alice)) {
            assertThat(sender.sendMessage(alice.publicKey(), "eA==")
                            .path("queued")
                            .asBoolean())
                    .isTrue();

            assertThat(sibling.nextMessage().path("ciphertext").asText()).isEqualTo("eA==");
            assertThat(ciphertexts(sender.everythingSoFar())).isEmpty();
        }
    }

    @Test
    void send_toAMemberOffline_isQueuedAndDeliveredOnceInOrderOnReturn() {
        List<String> sent = new ArrayList<>();
        try (RawPeer sender = RawPeer.connect(server, alice)) {
            for (int i = 0; i < 150; i++) {
                sent.add("m" + i);
                assertThat(sender.sendMessage(bob.publicKey(), "m" + i)
                                .path("queued")
                                .asBoolean())
                        .isTrue();
            }
        }

        try (RawPeer receiver = RawPeer.connect(server, bob)) {
            List<String> got = new ArrayList<>();
            sent.forEach(
                    text -> got.add(receiver.nextMessage().path("ciphertext").asText()));
            assertThat(got).isEqualTo(sent);
            assertThat(ciphertexts(receiver.everythingSoFar())).isEmpty();
            receiver.close();
            receiver.awaitClose();
        }
        try (RawPeer again = RawPeer.connect(server, bob)) {
            assertThat(ciphertexts(again.everythingSoFar())).isEmpty();
        }
    }

    @Test
    void send_recipientOffline_tellsSendersThatAskForReceipts() {
        ObjectNode hello = alice.hello();
        hello.putArray("capabilities").add("receipts");
        try (RawPeer curious = RawPeer.connect(server, hello);
                RawPeer plain = RawPeer.connect(server, alice)) {
            assertThat(curious.sendMessage(bob.publicKey(), "eA==")
                            .path("recipient")
                            .asText())
                    .isEqualTo("offline");
            assertThat(plain.sendMessage(bob.publicKey(), "eA==").has("recipient"))
                    .isFalse();
        }
    }

    @Test
    void oneShotConnection_isNeverHandedMailNorListedNorAnnounced() {
        try (RawPeer sender = RawPeer.connect(server, alice)) {
            sender.sendMessage(bob.publicKey(), "kept");
            ObjectNode hello = bob.hello();
            hello.putArray("capabilities").add("no_push");
            try (RawPeer oneShot = RawPeer.connect(server, hello)) {
                assertThat(ciphertexts(oneShot.everythingSoFar())).isEmpty();
                assertThat(sender.request(RawPeer.frame("list_peers"))
                                .path("peers")
                                .findValuesAsText("memberPubkey"))
                        .doesNotContain(bob.publicKey());
            }
            assertThat(sender.everythingSoFar()).noneMatch(frame -> frame.has("event"));
            try (RawPeer receiver = RawPeer.connect(server, bob)) {
                assertThat(receiver.nextMessage().path("ciphertext").asText()).isEqualTo("kept");
            }
        }
    }

    @Test
    void acknowledgingClient_connectionBreaksBeforeTheAcknowledgement_getsTheMessageAgain() {
        ObjectNode hello = bob.hello();
        hello.putArray("capabilities").add("client_ack");
        try (RawPeer sender = RawPeer.connect(server, alice)) {
            RawPeer first = RawPeer.connect(server, hello);
            sender.sendMessage(bob.publicKey(), "one");
            sender.sendMessage(bob.publicKey(), "two");
            JsonNode one = first.nextMessage();
            first.nextMessage();
            first.send(RawPeer.frame("client_ack")
                    .put("brokerMessageId", one.path("messageId").asText()));
            first.everythingSoFar();
            first.abort();

            ObjectNode helloAgain = bob.hello();
            helloAgain.putArray("capabilities").add("client_ack");
            try (RawPeer second = RawPeer.connect(server, helloAgain)) {
                assertThat(second.nextMessage().path("ciphertext").asText()).isEqualTo("two");
                assertThat(ciphertexts(second.everythingSoFar())).isEmpty();
            }
        }
    }

    @Test
    void repeatedClientMessageId_isTheSameMessageAndDeliveredOnce() {
        try (RawPeer sender = RawPeer.connect(server, alice);
                RawPeer receiver = RawPeer.connect(server, bob)) {
            ObjectNode send = RawPeer.message(bob.publicKey(), "eA==")
                    .put("client_message_id", "c1")
                    .put("request_fingerprint", "aa");
            sender.send(send.deepCopy().put("id", "1"));
            sender.send(send.deepCopy().put("id", "2"));
            sender.send(send.deepCopy().put("id", "3").put("request_fingerprint", "bb"));
            JsonNode first = sender.next("ack");
            JsonNode second = sender.next("ack");
            JsonNode third = sender.next("ack");

            assertThat(second.path("messageId")).isEqualTo(first.path("messageId"));
            assertThat(second.path("queued").asBoolean()).isTrue();
            assertThat(third.path("queued").asBoolean(true)).isFalse();
            assertThat(third.path("error").asText()).startsWith("invalid:");
            assertThat(receiver.nextMessage().path("client_message_id").asText())
                    .isEqualTo("c1");
            assertThat(ciphertexts(receiver.everythingSoFar())).isEmpty();
        }
    }

    @Test
    void send_tooLarge_isRefusedAndTheConnectionStaysUsable() {
        try (RawPeer sender = RawPeer.connect(server, alice)) {
            JsonNode ack = sender.sendMessage(bob.publicKey(), "x".repeat(65_537));
            assertThat(ack.path("error").asText()).startsWith("payload too large");

            assertThat(sender.sendMessage(bob.publicKey(), "x".repeat(65_000))
                            .path("queued")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void manySendersAtOnce_everyPairKeepsItsOrderAndNothingIsRepeated() {
        int messages = 300;
        try (RawPeer one = RawPeer.connect(server, alice);
                RawPeer two = RawPeer.connect(server, carol);
                RawPeer receiver = RawPeer.connect(server, bob)) {
            for (int i = 0; i < messages; i++) {
                one.send(RawPeer.message(bob.publicKey(), "a" + i).put("id", "a" + i));
                two.send(RawPeer.message(bob.publicKey(), "c" + i).put("id", "c" + i));
            }
            List<String> got = new ArrayList<>();
            for (int i = 0; i < 2 * messages; i++) {
                got.add(receiver.nextMessage().path("ciphertext").asText());
            }

            Set<String> distinct = new HashSet<>(got);
            assertThat(distinct).hasSize(2 * messages);
            assertThat(got.stream().filter(text -> text.startsWith("a")).toList())
                    .isEqualTo(java.util.stream.IntStream.range(0, messages)
                            .mapToObj(i -> "a" + i)
                            .toList());
            assertThat(got.stream().filter(text -> text.startsWith("c")).toList())
                    .isEqualTo(java.util.stream.IntStream.range(0, messages)
                            .mapToObj(i -> "c" + i)
                            .toList());
        }
    }

    private static List<String> ciphertexts(List<JsonNode> frames) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals("push") && !frame.has("event"))
                .map(frame -> frame.path("ciphertext").asText())
                .toList();
    }
}
