package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.SilentReader;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that one client sends, or refuses to read, harms its own connection needlessly or anybody else's ever. */
@ResourceLock(SharedServer.TUNED)
class HostileInputTest {
    private static Server server;
    private TestMember attacker;
    private TestMember victim;
    private RawPeer bystander;

    @BeforeAll
    static void start() {
        server = SharedServer.tuned();
    }

    @BeforeEach
    void connectBystander() {
        TestMesh mesh = TestMesh.with(server, 2);
        attacker = mesh.member(0);
        victim = mesh.member(1);
        bystander = RawPeer.connect(server, victim);
    }

    @AfterEach
    void bystanderIsUnharmed() {
        assertThat(bystander.request(RawPeer.frame("list_peers")).path("type").asText())
                .isEqualTo("peers_list");
        bystander.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "null",
                "[]",
                "[{\"type\":\"list_peers\"}]",
                "42",
                "\"list_peers\"",
                "{\"type\":null}",
                "{\"type\":\"send\",\"type\":\"list_peers\"}",
                "{\"type\":\"list_peers\"}{\"type\":\"list_peers\"}",
                "{'type':'list_peers'}",
                "\u0000\u0001\uFFFF"
            })
    void frame_thatIsNotOneJsonObject_isIgnored(String text) {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.sendText(text);

            assertThat(peer.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
            assertThat(peer.everythingSoFar())
                    .noneMatch(frame -> frame.path("type").asText().equals("error"));
        }
    }

    @Test
    void frame_nestedTenThousandDeep_isIgnored() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.sendText("{\"type\":\"send\",\"targetSpec\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");

            assertThat(peer.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
        }
    }

    @Test
    void frame_binaryWithUtf8Json_isAsGoodAsText() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.sendBinary("{\"type\":\"list_peers\",\"_reqId\":\"b\"}".getBytes(StandardCharsets.UTF_8));

            assertThat(peer.next("peers_list").path("_reqId").asText()).isEqualTo("b");
        }
    }

    @Test
    void frame_binaryRubbish_isIgnored() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.sendBinary(new byte[] {0, (byte) 0xff, (byte) 0xc0, 1, 2, 3});

            assertThat(peer.request(RawPeer.frame("list_peers")).path("type").asText())
                    .isEqualTo("peers_list");
        }
    }

    @Test
    void frame_ofAnUnknownType_isAnsweredWithItsRequestId() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            JsonNode error = peer.request(RawPeer.frame("frobnicate"));

            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("code").asText()).isEqualTo("unknown_message_type");
        }
    }

    @Test
    void send_fieldsOfWrongTypes_areRefusedByName() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.send(RawPeer.frame("send").put("id", "1").put("targetSpec", 5).put("ciphertext", "x"));
            assertThat(peer.next("ack").path("error").asText()).contains("targetSpec");

            peer.send(RawPeer.frame("send").put("id", "2").put("targetSpec", victim.publicKey()));
            assertThat(peer.next("ack").path("error").asText()).contains("ciphertext");

            peer.send(RawPeer.message(victim.publicKey(), "x").put("id", "3").put("priority", "asap"));
            assertThat(peer.next("ack").path("error").asText()).contains("priority");
        }
    }

    @Test
    void setSummary_ofAWrongType_isAnErrorThatNamesTheField() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            JsonNode error = peer.request(RawPeer.frame("set_summary").put("summary", 7));

            assertThat(error.path("code").asText()).isEqualTo("invalid_args");
            assertThat(error.path("message").asText()).contains("summary");
        }
    }

    @Test
    void frame_largerThanAllowedBeforeHello_closesWith1009() {
        RawPeer peer = RawPeer.open(server);
        peer.sendText("x".repeat(200_000));

        assertThat(peer.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void frame_ofTwoMebibytesAfterHello_isAccepted() {
        try (RawPeer peer = RawPeer.connect(server, attacker)) {
            peer.send(RawPeer.frame("list_peers").put("_reqId", "big").put("padding", "x".repeat(2 * 1024 * 1024)));

            assertThat(peer.next("peers_list").path("_reqId").asText()).isEqualTo("big");
        }
    }

    @Test
    void frame_larger_thanAllowedAfterHello_closesWith1009() {
        RawPeer peer = RawPeer.connect(server, attacker);
        peer.sendText("x".repeat(4 * 1024 * 1024));

        assertThat(peer.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void socket_thatNeverSpeaks_isClosedAfterTheDeadline() {
        RawPeer silent = RawPeer.open(server);

        assertThat(silent.next().path("code").asText()).isEqualTo("hello_timeout");
        assertThat(silent.awaitClose()).isEqualTo(new RawPeer.Closed(1008, "hello_timeout"));
    }

    @Test
    void connections_beyondTheMeshLimit_areRefusedUntilOneLeaves() {
        List<RawPeer> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            crowd.add(RawPeer.connect(server, attacker));
        }
        RawPeer tooMany = RawPeer.open(server);
        tooMany.send(attacker.hello());
        assertThat(tooMany.next().path("code").asText()).isEqualTo("capacity");
        assertThat(tooMany.awaitClose()).isEqualTo(new RawPeer.Closed(1008, "capacity"));

        crowd.get(0).close();
        crowd.get(0).awaitClose();
        com.claudemesh.systemtests.harness.Waiting.until("a slot is free", java.time.Duration.ofSeconds(5), () -> {
            RawPeer next = RawPeer.open(server);
            next.send(attacker.hello());
            boolean welcome = next.next().path("type").asText().equals("hello_ack");
            next.abort();
            return welcome;
        });
        crowd.forEach(RawPeer::abort);
    }

    @Test
    void sameSession_reconnectingAtTheLimit_isNeverRefused() {
        List<RawPeer> crowd = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            crowd.add(RawPeer.connect(server, attacker));
        }
        for (int i = 0; i < 20; i++) {
            crowd.add(RawPeer.connect(server, attacker.hello().put("sessionId", "the-same")));
        }
        crowd.forEach(RawPeer::abort);
    }

    @Test
    void reader_thatNeverReads_isCutOffAndItsMailIsKept() throws Exception {
        String text = "x".repeat(60_000);
        int messages = 100;
        SilentReader frozen = SilentReader.connect(server, attacker);
        try (RawPeer sender = RawPeer.connect(server, victim.hello().put("sessionId", "sender"))) {
            for (int i = 0; i < messages; i++) {
                assertThat(sender.sendMessage(attacker.publicKey(), i + ":" + text)
                                .path("queued")
                                .asBoolean())
                        .isTrue();
            }
        }
        frozen.close();

        try (RawPeer reader = RawPeer.connect(server, attacker)) {
            List<Integer> numbers = new ArrayList<>();
            String last = "";
            while (!last.equals(Integer.toString(messages - 1))) {
                last = reader.nextMessage().path("ciphertext").asText().split(":")[0];
                numbers.add(Integer.parseInt(last));
            }
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
        }
    }
}
