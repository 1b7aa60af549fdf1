package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kick, disconnect, ban and the overview: wire protocol §2.15, §2.24 and §8 items 7 and 56. */
@ResourceLock(SharedServer.DEFAULTS)
class ModerationTest {
    private static Server server;
    private TestMember owner;
    private TestMember bob;
    private TestMember carol;
    private RawPeer admin;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 3);
        owner = mesh.member(0);
        bob = mesh.member(1);
        carol = mesh.member(2);
        admin = RawPeer.connect(server, owner);
    }

    @AfterEach
    void leave() {
        assertThat(admin.isOpen()).isTrue();
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "disconnect", "ban", "unban"})
    void moderation_byAPlainMember_isForbiddenAndHarmsNobody(String type) {
        try (RawPeer member = RawPeer.connect(server, bob);
                RawPeer target = RawPeer.connect(server, carol)) {
            JsonNode answer = member.request(RawPeer.frame(type).put("target", carol.publicKey()));

            assertThat(answer.path("type").asText()).isEqualTo("error");
            assertThat(answer.path("code").asText()).isEqualTo("forbidden");
            assertThat(target.isOpen()).isTrue();
        }
    }

    @Test
    void kick_byName_closesWith4001AndTellsTheOthers() {
        RawPeer target = RawPeer.connect(server, bob.hello().put("displayName", "bob at work"));
        try (RawPeer witness = RawPeer.connect(server, carol)) {
            JsonNode ack = admin.request(RawPeer.frame("kick").put("target", "bob at work"));

            assertThat(ack.path("type").asText()).isEqualTo("kick_ack");
            assertThat(ack.path("kicked").toString()).isEqualTo("[\"bob at work\"]");
            assertThat(ack.path("affected")).isEqualTo(ack.path("kicked"));
            assertThat(ack.has("skipped_control_plane")).isFalse();
            assertThat(target.awaitClose()).isEqualTo(new RawPeer.Closed(4001, "kicked"));
            assertThat(witness.nextEvent("peer_left")
                            .path("eventData")
                            .path("name")
                            .asText())
                    .isEqualTo("bob at work");
            assertThat(peers(admin)).isEqualTo(2);
        }
    }

    @Test
    void kick_byMemberKeyOrItsFirstDigits_closesAllItsConnections() {
        RawPeer first = RawPeer.connect(server, bob);
        RawPeer second = RawPeer.connect(server, bob);

        JsonNode ack = admin.request(
                RawPeer.frame("kick").put("target", bob.publicKey().substring(0, 12)));

        assertThat(ack.path("affected")).hasSize(2);
        assertThat(first.awaitClose().code()).isEqualTo(4001);
        assertThat(second.awaitClose().code()).isEqualTo(4001);
    }

    @Test
    void kick_everybody_sparesTheCallerAndDaemons() {
        RawPeer target = RawPeer.connect(server, bob);
        RawPeer sibling = RawPeer.connect(server, owner);
        try (RawPeer daemon = RawPeer.connect(
                server, carol.hello().put("channel", "claudemesh-daemon").put("displayName", "laptop"))) {
            JsonNode ack = admin.request(RawPeer.frame("kick").put("all", true));

            assertThat(ack.path("kicked")).hasSize(2);
            assertThat(ack.path("skipped_control_plane").toString()).isEqualTo("[\"laptop\"]");
            assertThat(target.awaitClose().code()).isEqualTo(4001);
            assertThat(sibling.awaitClose().code()).isEqualTo(4001);
            assertThat(daemon.isOpen()).isTrue();
            JsonNode disconnected = admin.request(RawPeer.frame("disconnect").put("target", "laptop"));
            assertThat(disconnected.path("kicked").toString()).isEqualTo("[\"laptop\"]");
            assertThat(daemon.awaitClose()).isEqualTo(new RawPeer.Closed(1000, "disconnected"));
        }
    }

    @Test
    void kick_stale_saysSoInTheReason() {
        RawPeer target = RawPeer.connect(server, bob);

        JsonNode ack = admin.request(RawPeer.frame("kick").put("stale", 1));

        assertThat(ack.path("affected")).hasSize(1);
        assertThat(target.awaitClose()).isEqualTo(new RawPeer.Closed(4001, "kicked_stale"));
    }

    @Test
    void kick_staleForLongerThanAnybodyIsConnected_affectsNobody() {
        try (RawPeer target = RawPeer.connect(server, bob)) {
            assertThat(admin.request(RawPeer.frame("disconnect").put("stale", 3_600_000))
                            .path("affected"))
                    .isEmpty();
            assertThat(target.isOpen()).isTrue();
        }
    }

    @Test
    void kick_nobodyFits_isAnEmptyAck() {
        JsonNode ack = admin.request(RawPeer.frame("kick").put("target", "nobody"));

        assertThat(ack.path("type").asText()).isEqualTo("kick_ack");
        assertThat(ack.path("affected").toString()).isEqualTo("[]");
    }

    @Test
    void kick_badArguments_areTypedErrors() {
        assertError(RawPeer.frame("kick"), "invalid");
        assertError(RawPeer.frame("kick").put("stale", "long"), "invalid_args");
        assertError(RawPeer.frame("disconnect").put("stale", -5), "invalid_args");
        assertError(RawPeer.frame("kick").put("target", "x".repeat(300)), "invalid_args");
    }

    @Test
    void disconnect_closesWith1000AndTheClientMayComeBack() {
        RawPeer target = RawPeer.connect(server, bob);

        admin.request(RawPeer.frame("disconnect").put("target", bob.publicKey()));

        assertThat(target.awaitClose()).isEqualTo(new RawPeer.Closed(1000, "disconnected"));
        RawPeer.connect(server, bob).close();
    }

    @Test
    void kickedPeer_stateAndMailWaitForItsReturn() {
        RawPeer target = RawPeer.connect(server, bob);
        target.send(RawPeer.frame("set_summary").put("summary", "deep in the engine room"));
        target.request(RawPeer.frame("list_peers"));
        admin.request(RawPeer.frame("kick").put("target", bob.publicKey()));
        target.awaitClose();
        assertThat(admin.sendMessage(bob.publicKey(), "while away")
                        .path("queued")
                        .asBoolean())
                .isTrue();

        try (RawPeer back = RawPeer.open(server)) {
            back.send(bob.hello());
            JsonNode ack = back.next();
            assertThat(ack.path("restored").asBoolean()).isTrue();
            assertThat(ack.path("lastSummary").asText()).isEqualTo("deep in the engine room");
            assertThat(back.nextMessage().path("ciphertext").asText()).isEqualTo("while away");
        }
    }

    @Test
    void ban_endsEveryConnectionWith4002AfterSayingWhy() {
        RawPeer first = RawPeer.connect(server, bob);
        RawPeer daemon = RawPeer.connect(server, bob.hello().put("channel", "claudemesh-daemon"));
        try (RawPeer witness = RawPeer.connect(server, carol)) {
            JsonNode ack = admin.request(RawPeer.frame("ban").put("target", bob.displayName()));

            assertThat(ack.path("type").asText()).isEqualTo("ban_ack");
            assertThat(ack.path("banned").asText()).isEqualTo(bob.displayName());
            assertThat(first.next("error").path("code").asText()).isEqualTo("revoked");
            assertThat(first.awaitClose()).isEqualTo(new RawPeer.Closed(4002, "banned"));
            assertThat(daemon.awaitClose()).isEqualTo(new RawPeer.Closed(4002, "banned"));
            witness.nextEvent("peer_left");
            witness.nextEvent("peer_left");
        }
    }

    @Test
    void bannedMember_isRefusedListedAndLetInAgainByUnban() {
        admin.request(RawPeer.frame("ban").put("target", bob.publicKey()));
        try (RawPeer refused = RawPeer.open(server)) {
            refused.send(bob.hello());
            assertThat(refused.next("error").path("code").asText()).isEqualTo("revoked");
            assertThat(refused.awaitClose()).isEqualTo(new RawPeer.Closed(4002, "banned"));
        }
        try (RawPeer anyMember = RawPeer.connect(server, carol)) {
            JsonNode bans = anyMember.request(RawPeer.frame("list_bans")).path("bans");
            assertThat(bans).hasSize(1);
            assertThat(bans.get(0).path("name").asText()).isEqualTo(bob.displayName());
            assertThat(bans.get(0).path("pubkey").asText()).isEqualTo(bob.publicKey());
            assertThat(bans.get(0).path("revokedAt").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }

        JsonNode ack = admin.request(RawPeer.frame("unban").put("target", bob.displayName()));

        assertThat(ack.path("type").asText()).isEqualTo("unban_ack");
        assertThat(ack.path("unbanned").asText()).isEqualTo(bob.displayName());
        RawPeer.connect(server, bob).close();
        assertThat(admin.request(RawPeer.frame("list_bans")).path("bans")).isEmpty();
    }

    @Test
    void ban_whileTheMemberSaysHello_neverLeavesItConnected() {
        for (int round = 0; round < 20; round++) {
            RawPeer arriving = RawPeer.open(server);
            CompletableFuture<Void> hello = CompletableFuture.runAsync(() -> arriving.send(bob.hello()));

            admin.request(RawPeer.frame("ban").put("target", bob.publicKey()));

            hello.join();
            assertThat(arriving.awaitClose()).isEqualTo(new RawPeer.Closed(4002, "banned"));
            admin.request(RawPeer.frame("unban").put("target", bob.publicKey()));
        }
        assertThat(peers(admin)).isEqualTo(1);
    }

    @Test
    void banned_mailToIt_isRefused() {
        admin.request(RawPeer.frame("ban").put("target", bob.publicKey()));

        JsonNode ack = admin.sendMessage(bob.publicKey(), "x");

        assertThat(ack.path("queued").asBoolean()).isFalse();
        assertThat(ack.path("error").asText()).contains("no connected peer");
    }

    @Test
    void ban_whatCannotBeBanned_isATypedError() {
        assertError(RawPeer.frame("ban"), "invalid");
        assertError(RawPeer.frame("ban").put("target", " "), "invalid");
        assertError(RawPeer.frame("ban").put("target", owner.publicKey()), "invalid");
        assertError(RawPeer.frame("ban").put("target", "nobody"), "not_found");
        assertError(RawPeer.frame("ban").put("target", bob.publicKey().substring(0, 5)), "not_found");
        assertError(RawPeer.frame("unban"), "invalid");
        assertError(RawPeer.frame("unban").put("target", bob.publicKey()), "not_found");
    }

    @Test
    void meshInfo_saysWhoIsThereAndWhatThereIs() {
        ObjectNode hello = bob.hello().put("displayName", "bob");
        hello.putArray("groups").addObject().put("name", "backend").put("role", "lead");
        try (RawPeer member = RawPeer.connect(server, hello)) {
            JsonNode info = member.request(RawPeer.frame("mesh_info"));

            assertThat(info.path("type").asText()).isEqualTo("mesh_info_result");
            assertThat(info.path("mesh").asText()).isEqualTo(bob.meshId());
            assertThat(info.path("peers").asInt()).isEqualTo(2);
            assertThat(info.path("groups").toString()).isEqualTo("[\"@backend\"]");
            assertThat(info.path("yourName").asText()).isEqualTo("bob");
            assertThat(info.path("yourGroups").toString()).isEqualTo("[{\"name\":\"backend\",\"role\":\"lead\"}]");
            assertThat(info.path("tasks").toString()).isEqualTo("{\"open\":0,\"claimed\":0,\"done\":0}");
            assertThat(info.path("memoryCount").isInt()).isTrue();
            assertThat(info.path("fileCount").isInt()).isTrue();
            for (String list : new String[] {"stateKeys", "streams", "tables", "collections"}) {
                assertThat(info.path(list).isArray()).as(list).isTrue();
            }
        }
    }

    private static long peers(RawPeer asking) {
        JsonNode list = asking.request(RawPeer.frame("list_peers")).path("peers");
        return StreamSupport.stream(list.spliterator(), false).count();
    }

    private void assertError(ObjectNode frame, String code) {
        JsonNode answer = admin.request(frame);
        assertThat(answer.path("type").asText()).isEqualTo("error");
        assertThat(answer.path("code").asText()).isEqualTo(code);
    }
}
