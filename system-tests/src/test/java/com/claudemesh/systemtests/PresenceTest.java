package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What peers say about themselves and see of each other: wire protocol §2.2, §2.3, §3.4, §4.10, §4.11. */
@ResourceLock(SharedServer.DEFAULTS)
class PresenceTest {
    private static Server server;
    private TestMember alice;
    private TestMember bob;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 2);
        alice = mesh.member(0);
        bob = mesh.member(1);
    }

    @Test
    void listPeers_isInOrderOfConnectingWithSelfAndEveryField() {
        try (RawPeer first = RawPeer.connect(
                        server,
                        alice.hello()
                                .put("hostname", "host")
                                .put("peerType", "ai")
                                .put("model", "model")
                                .put("channel", "claude-code"));
                RawPeer second = RawPeer.connect(server, bob)) {
            JsonNode list = second.request(RawPeer.frame("list_peers"));

            assertThat(list.path("peers").findValuesAsText("memberPubkey"))
                    .containsExactly(alice.publicKey(), bob.publicKey());
            JsonNode peer = list.path("peers").path(0);
            assertThat(peer.path("pubkey").asText()).isEqualTo(alice.publicKey());
            assertThat(peer.path("displayName").asText()).isEqualTo(alice.displayName());
            assertThat(peer.path("status").asText()).isEqualTo("idle");
            assertThat(peer.path("summary").isNull()).isTrue();
            assertThat(peer.path("groups").isArray()).isTrue();
            assertThat(peer.path("connectedAt").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(peer.path("cwd").asText()).isEqualTo("/project");
            assertThat(peer.path("hostname").asText()).isEqualTo("host");
            assertThat(peer.path("peerType").asText()).isEqualTo("ai");
            assertThat(peer.path("model").asText()).isEqualTo("model");
            assertThat(peer.path("channel").asText()).isEqualTo("claude-code");
            assertThat(peer.path("visible").asBoolean()).isTrue();
            assertThat(peer.path("peerRole").asText()).isEqualTo("session");
            assertThat(peer.has("profile")).isFalse();
            assertThat(peer.has("stats")).isFalse();
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void whatAPeerSays_withoutAnAnswer_isSeenByOthers() {
        try (RawPeer speaker = RawPeer.connect(server, alice);
                RawPeer other = RawPeer.connect(server, bob)) {
            speaker.send(RawPeer.frame("set_status").put("status", "dnd"));
            speaker.send(RawPeer.frame("set_summary").put("summary", "reviewing"));
            ObjectNode stats = RawPeer.frame("set_stats");
            stats.putObject("stats").put("messagesIn", 3).put("uptime", 12.5);
            speaker.send(stats);
            speaker.send(RawPeer.frame("join_group").put("name", "eng/core").put("role", "lead"));
            speaker.send(RawPeer.frame("join_group").put("name", "left-again"));
            speaker.send(RawPeer.frame("leave_group").put("name", "left-again"));
            assertThat(speaker.everythingSoFar())
                    .noneMatch(frame -> frame.path("type").asText().matches("ack|error"));

            JsonNode seen = find(other.request(RawPeer.frame("list_peers")), alice);

            assertThat(seen.path("status").asText()).isEqualTo("dnd");
            assertThat(seen.path("summary").asText()).isEqualTo("reviewing");
            assertThat(seen.path("stats")).isEqualTo(stats.path("stats"));
            assertThat(seen.path("groups").toString()).isEqualTo("[{\"name\":\"eng/core\",\"role\":\"lead\"}]");
        }
    }

    @Test
    void setProfile_isMergedAndAnsweredByAReceipt() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            JsonNode receipt = peer.request(
                    RawPeer.frame("set_profile").put("title", "Reviewer").put("avatar", "🦊"));
            assertThat(receipt.path("type").asText()).isEqualTo("ack");
            assertThat(receipt.path("id")).isEqualTo(receipt.path("_reqId"));
            assertThat(receipt.path("messageId").asText("?")).isEmpty();
            assertThat(receipt.path("queued").asBoolean(true)).isFalse();
            assertThat(receipt.has("error")).isFalse();

            ObjectNode more = RawPeer.frame("set_profile").put("title", "Author");
            more.putArray("capabilities").add("java");
            peer.request(more);

            assertThat(find(peer.request(RawPeer.frame("list_peers")), alice)
                            .path("profile")
                            .toString())
                    .isEqualTo("{\"avatar\":\"🦊\",\"title\":\"Author\",\"capabilities\":[\"java\"]}");
        }
    }

    @Test
    void setVisible_withoutARequestId_isAnsweredByAReceiptThatNamesNothing() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            peer.send(RawPeer.frame("set_visible").put("visible", false));

            JsonNode receipt = peer.next("ack");
            assertThat(receipt.path("id").asText("?")).isEmpty();
            assertThat(receipt.has("_reqId")).isFalse();
        }
    }

    @Test
    void hiding_takesThePeerOffOthersListsAndTellsThem() {
        try (RawPeer hider = RawPeer.connect(server, alice);
                RawPeer sibling = RawPeer.connect(server, alice);
                RawPeer other = RawPeer.connect(server, bob)) {
            hider.request(RawPeer.frame("set_visible").put("visible", false));

            JsonNode hidden = other.nextEvent("peer_hidden");
            assertThat(hidden.path("eventData").path("name").asText()).isEqualTo(alice.displayName());
            assertThat(hidden.path("eventData").path("pubkey").asText()).isEqualTo(alice.publicKey());
            assertThat(hidden.path("priority").asText()).isEqualTo("low");
            sibling.nextEvent("peer_hidden");
            assertThat(other.request(RawPeer.frame("list_peers")).path("peers")).hasSize(2);
            assertThat(sibling.request(RawPeer.frame("list_peers")).path("peers"))
                    .hasSize(3);

            hider.request(RawPeer.frame("set_visible").put("visible", true));

            other.nextEvent("peer_visible");
            assertThat(other.request(RawPeer.frame("list_peers")).path("peers")).hasSize(3);
        }
    }

    @Test
    void hiddenPeer_getsDirectMessagesAndSystemEvents() {
        try (RawPeer hider = RawPeer.connect(server, alice)) {
            hider.request(RawPeer.frame("set_visible").put("visible", false));
            try (RawPeer other = RawPeer.connect(server, bob)) {
                hider.nextEvent("peer_joined");
                assertThat(other.sendMessage(alice.publicKey(), "eA==")
                                .path("queued")
                                .asBoolean())
                        .isTrue();

                assertThat(hider.nextMessage().path("ciphertext").asText()).isEqualTo("eA==");
            }
        }
    }

    @Test
    void hiddenPeer_goesAndComesUnannounced() {
        try (RawPeer witness = RawPeer.connect(server, bob)) {
            RawPeer hider = RawPeer.connect(server, alice);
            witness.nextEvent("peer_joined");
            hider.request(RawPeer.frame("set_visible").put("visible", false));
            witness.nextEvent("peer_hidden");
            witness.everythingSoFar();
            hider.close();
            awaitRestored(alice);

            RawPeer again = RawPeer.connect(server, alice);
            again.request(RawPeer.frame("list_peers"));
            again.close();

            assertThat(witness.everythingSoFar())
                    .noneMatch(frame -> frame.path("event").asText().matches("peer_left|peer_returned|peer_joined"));
        }
    }

    /** Waits until a hello of the member finds what its last connection saved. */
    private static void awaitRestored(TestMember member) {
        Waiting.until("the state is saved", Duration.ofSeconds(30), () -> {
            ObjectNode hello = member.hello();
            hello.putArray("capabilities").add("no_push");
            try (RawPeer probe = RawPeer.connect(server, hello)) {
                JsonNode list = probe.request(RawPeer.frame("list_peers"));
                return list.path("peers").findValuesAsText("memberPubkey").stream()
                        .noneMatch(member.publicKey()::equals);
            }
        });
    }

    @Test
    void reconnect_findsGroupsProfileSummaryAndCounters() {
        try (RawPeer witness = RawPeer.connect(server, bob)) {
            RawPeer first = RawPeer.connect(server, alice);
            first.send(RawPeer.frame("join_group").put("name", "eng"));
            first.request(RawPeer.frame("set_profile").put("title", "Reviewer"));
            first.send(RawPeer.frame("set_summary").put("summary", "reviewing"));
            ObjectNode stats = RawPeer.frame("set_stats");
            stats.putObject("stats").put("messagesIn", 3).put("messagesOut", 2);
            first.send(stats);
            first.close();
            witness.nextEvent("peer_left");

            try (RawPeer again = RawPeer.open(server)) {
                again.send(alice.hello());
                JsonNode ack = again.next();

                assertThat(ack.path("restored").asBoolean()).isTrue();
                assertThat(ack.path("lastSummary").asText()).isEqualTo("reviewing");
                assertThat(ack.path("restoredGroups").toString()).isEqualTo("[{\"name\":\"eng\"}]");
                assertThat(ack.path("restoredStats").toString())
                        .isEqualTo("{\"messagesIn\":3,\"messagesOut\":2,\"toolCalls\":0,\"errors\":0}");
                JsonNode returned = witness.nextEvent("peer_returned").path("eventData");
                assertThat(returned.path("summary").asText()).isEqualTo("reviewing");
                assertThat(returned.has("lastSeenAt")).isTrue();
                JsonNode self = find(again.request(RawPeer.frame("list_peers")), alice);
                assertThat(self.path("profile").path("title").asText()).isEqualTo("Reviewer");
                assertThat(self.path("summary").isNull()).isTrue();
            }
        }
    }

    @Test
    void framesSentJustBeforeTheClose_areApplied() {
        try (RawPeer witness = RawPeer.connect(server, bob)) {
            for (int i = 0; i < 10; i++) {
                RawPeer hasty = RawPeer.connect(server, alice);
                hasty.send(RawPeer.frame("join_group").put("name", "g" + i));
                hasty.close();
                witness.nextEvent("peer_left");
            }

            try (RawPeer again = RawPeer.open(server)) {
                again.send(alice.hello());
                assertThat(again.next().path("restoredGroups").findValuesAsText("name"))
                        .containsExactly("g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9");
            }
        }
    }

    @Test
    void oneShotCommand_ofARunningSession_neitherEvictsItNorIsSeen() {
        try (RawPeer witness = RawPeer.connect(server, bob);
                RawPeer running = RawPeer.connect(server, alice.hello().put("sessionId", "s"))) {
            ObjectNode hello = alice.hello().put("sessionId", "s");
            hello.putArray("capabilities").add("no_push");
            RawPeer oneShot = RawPeer.connect(server, hello);
            assertThat(oneShot.request(RawPeer.frame("list_peers")).path("peers"))
                    .hasSize(2);
            oneShot.close();

            witness.nextEvent("peer_joined");
            assertThat(running.request(RawPeer.frame("list_peers")).path("peers"))
                    .hasSize(2);
            assertThat(witness.everythingSoFar()).noneMatch(frame -> frame.has("event"));
        }
    }

    @Test
    void joinGroup_withABadName_isAnErrorThatNamesTheField() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            JsonNode error = peer.request(RawPeer.frame("join_group").put("name", "eng' OR '1'='1"));

            assertThat(error.path("code").asText()).isEqualTo("invalid_args");
            assertThat(error.path("message").asText()).startsWith("name:");
        }
    }

    @Test
    void setVisible_againAndAgain_isSlowedDownWithATypedError() {
        try (RawPeer peer = RawPeer.connect(server, alice);
                RawPeer other = RawPeer.connect(server, bob)) {
            JsonNode answer = peer.request(RawPeer.frame("set_visible").put("visible", true));
            for (int i = 0; i < 200 && answer.path("type").asText().equals("ack"); i++) {
                answer = peer.request(RawPeer.frame("set_visible").put("visible", i % 2 == 0));
            }

            assertThat(answer.path("code").asText()).isEqualTo("rate_limited");
            assertThat(other.request(RawPeer.frame("set_visible").put("visible", true))
                            .path("type")
                            .asText())
                    .isEqualTo("ack");
        }
    }

    private static JsonNode find(JsonNode list, TestMember member) {
        for (JsonNode peer : list.path("peers")) {
            if (peer.path("memberPubkey").asText().equals(member.publicKey())) {
                return peer;
            }
        }
        throw new AssertionError(member.displayName() + " is not in " + list);
    }
}
