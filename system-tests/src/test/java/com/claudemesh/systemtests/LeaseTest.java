package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SessionHellos;
import com.claudemesh.systemtests.harness.SilentReader;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places that are kept, and sockets that die silently: wire protocol §1.6, §1.8, §4.10; times shortened. */
class LeaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GRACE_MILLIS = 10_000;
    private static final int PONG_TIMEOUT_MILLIS = 6_000;
    private static Server server;
    private final SigningKeyPair session = SigningKeyPair.generate();
    private TestMember alice;
    private TestMember bob;
    private RawPeer witness;

    @BeforeAll
    static void start() {
        server = Server.start(Map.of(
                "CLAUDEMESH_LEASE_GRACE_MILLIS", Integer.toString(GRACE_MILLIS),
                "CLAUDEMESH_PING_INTERVAL_MILLIS", "500",
                "CLAUDEMESH_PONG_TIMEOUT_MILLIS", Integer.toString(PONG_TIMEOUT_MILLIS),
                "STATUS_TTL_SECONDS", "2",
                "CLAUDEMESH_SEND_BURST", "1000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() {
        if (witness != null) {
            witness.close();
        }
    }

    @BeforeEach
    void provision() {
        TestMesh mesh = TestMesh.with(server, 2);
        alice = mesh.member(0);
        bob = mesh.member(1);
        witness = RawPeer.connect(server, bob);
    }

    @Test
    void session_lostAndBack_isTheSamePresenceAndGetsItsMailInOrder() {
        RawPeer first = RawPeer.open(server);
        String presenceId = greet(first, SessionHellos.of(alice, session));
        witness.nextEvent("peer_joined");
        lose(first);
        for (int i = 0; i < 20; i++) {
            assertThat(witness.sendMessage(session.publicHex(), "m" + i)
                            .path("queued")
                            .asBoolean())
                    .isTrue();
        }

        try (RawPeer second = RawPeer.open(server)) {
            assertThat(greet(second, SessionHellos.of(alice, session))).isEqualTo(presenceId);

            for (int i = 0; i < 20; i++) {
                assertThat(second.nextMessage().path("ciphertext").asText()).isEqualTo("m" + i);
            }
            assertThat(witness.everythingSoFar()).noneMatch(frame -> frame.has("event"));
        }
    }

    @Test
    void session_lostAndNotBack_leavesOnceAfterTheGrace() {
        RawPeer first = RawPeer.connect(server, SessionHellos.of(alice, session));
        long lostAt = System.nanoTime();
        first.close();
        assertThat(sessionsOf(alice)).isEqualTo(1);

        Waiting.until("the lease is over", PATIENCE, () -> sessionsOf(alice) == 0);
        witness.nextEvent("peer_left");

        assertThat(Duration.ofNanos(System.nanoTime() - lostAt)).isGreaterThan(Duration.ofMillis(GRACE_MILLIS - 200));
        assertThat(sessionsOf(alice)).isZero();
        assertThat(witness.everythingSoFar())
                .noneMatch(frame -> frame.path("event").asText().equals("peer_left"));
    }

    @Test
    void session_connectedTwice_givesTheOldSocketUpWithoutAWord() {
        RawPeer first = RawPeer.open(server);
        String presenceId = greet(first, SessionHellos.of(alice, session));
        witness.nextEvent("peer_joined");

        try (RawPeer second = RawPeer.open(server)) {
            assertThat(greet(second, SessionHellos.of(alice, session))).isEqualTo(presenceId);

            assertThat(first.awaitClose()).isEqualTo(new RawPeer.Closed(1000, "session_replaced"));
            assertThat(sessionsOf(alice)).isEqualTo(1);
            assertThat(witness.everythingSoFar()).noneMatch(frame -> frame.has("event"));
            witness.sendMessage(session.publicHex(), "eA==");
            assertThat(second.nextMessage().path("ciphertext").asText()).isEqualTo("eA==");
        }
    }

    @Test
    void daemon_lostAndBack_isTheSamePresence() {
        ObjectNode hello = alice.hello().put("channel", "claudemesh-daemon").put("sessionId", "d");
        RawPeer first = RawPeer.open(server);
        String presenceId = greet(first, hello);
        lose(first);

        try (RawPeer second = RawPeer.open(server)) {
            assertThat(greet(
                            second,
                            alice.hello().put("channel", "claudemesh-daemon").put("sessionId", "d")))
                    .isEqualTo(presenceId);
            assertThat(find(alice).path("peerRole").asText()).isEqualTo("control-plane");
        }
    }

    @Test
    void plainConnection_lost_leavesAtOnce() {
        RawPeer plain = RawPeer.connect(server, alice);
        witness.nextEvent("peer_joined");
        long closedAt = System.nanoTime();

        plain.close();
        witness.nextEvent("peer_left");

        assertThat(Duration.ofNanos(System.nanoTime() - closedAt)).isLessThan(Duration.ofMillis(GRACE_MILLIS));
    }

    @Test
    void work_thatNobodyConfirms_isOverAfterItsTime() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            peer.send(RawPeer.frame("set_status").put("status", "working"));
            peer.request(RawPeer.frame("list_peers"));
            assertThat(find(alice).path("status").asText()).isEqualTo("working");

            Waiting.until(
                    "the work is over",
                    Duration.ofSeconds(5),
                    () -> find(alice).path("status").asText().equals("idle"));
        }
    }

    @Test
    void client_thatNeverAnswersAPing_isDroppedAndLeaves() throws Exception {
        try (var silent = SilentReader.connect(server, alice)) {
            witness.nextEvent("peer_joined");

            Waiting.until("the silent client is dropped", PATIENCE, () -> sessionsOf(alice) == 0);

            witness.nextEvent("peer_left");
            assertThat(silent).isNotNull();
        }
    }

    @Test
    void client_thatAnswersPings_staysForAsLongAsItLikes() {
        try (RawPeer peer = RawPeer.connect(server, alice)) {
            long until = System.nanoTime()
                    + Duration.ofMillis(PONG_TIMEOUT_MILLIS * 3 / 2).toNanos();
            Waiting.until("more than a timeout has passed", PATIENCE, () -> System.nanoTime() > until);

            assertThat(peer.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
        }
    }

    private static String greet(RawPeer peer, ObjectNode hello) {
        peer.send(hello);
        JsonNode ack = peer.next();
        assertThat(ack.path("type").asText()).isEqualTo("hello_ack");
        return ack.path("presenceId").asText();
    }

    /** Closes a socket and waits until the server has noticed. */
    private static void lose(RawPeer peer) {
        long before = openSockets();
        peer.close();
        Waiting.until("the socket is gone", PATIENCE, () -> openSockets() < before);
    }

    private static long openSockets() {
        try {
            return server.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("broker_connections_active "))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long sessionsOf(TestMember member) {
        return witness.request(RawPeer.frame("list_peers")).path("peers").findValuesAsText("memberPubkey").stream()
                .filter(member.publicKey()::equals)
                .count();
    }

    private JsonNode find(TestMember member) {
        for (JsonNode peer : witness.request(RawPeer.frame("list_peers")).path("peers")) {
            if (peer.path("memberPubkey").asText().equals(member.publicKey())) {
                return peer;
            }
        }
        throw new AssertionError(member.displayName() + " is not connected");
    }
}
