package com.claudemesh.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawPeerTest {
    private static final SigningKeyPair KEYS = SigningKeyPair.generate();
    private static final ProvisionedMesh.Member MEMBER =
            new ProvisionedMesh.Member("member-1", KEYS.publicHex(), KEYS.secretHex(), "Ann", "member");
    private static final String WELCOME = "{\"type\":\"hello_ack\",\"presenceId\":\"p\"}";
    private static final String PUSH = "{\"type\":\"push\",\"messageId\":\"" + "m".repeat(32)
            + "\",\"meshId\":\"mesh\",\"senderPubkey\":\"k\",\"nonce\":\"\",\"ciphertext\":\"000000000003\"}";
    private static final String SYSTEM =
            "{\"type\":\"push\",\"messageId\":\"x\",\"meshId\":\"mesh\",\"senderPubkey\":\"system\",\"ciphertext\":\"\"}";

    private final EventLoop loop = new EventLoop("test");
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    @AfterEach
    void endLoop() {
        loop.close();
    }

    /** Answers a hello with those texts, and everything else with nothing. */
    private TinyServer server(String... answers) throws Exception {
        return new TinyServer(frame -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (frame.text().contains("\"type\":\"hello\"")) {
                for (String answer : answers) {
                    out.writeBytes(TinyServer.text(answer));
                }
            }
            sent.add(frame.text());
            return out.toByteArray();
        });
    }

    private RawPeer peer(boolean acknowledging) {
        return new RawPeer("mesh", MEMBER, acknowledging, new RawPeer.Traffic() {
            @Override
            public void acknowledged(RawPeer peer, boolean stored, byte[] bytes, int offset, int length) {
                events.add("ack " + stored);
            }

            @Override
            public void delivered(RawPeer peer, byte[] bytes, int offset, int length) {
                events.add("message " + MessageFrame.number(bytes, MessageFrame.markInPush(bytes, offset, length)));
            }

            @Override
            public void other(RawPeer peer, byte[] bytes, int offset, int length) {
                events.add("other");
            }

            @Override
            public void ended(RawPeer peer, int code, String reason) {
                events.add("ended");
            }
        });
    }

    private String nextEvent() throws InterruptedException {
        return events.poll(5, TimeUnit.SECONDS);
    }

    @Test
    void connect_anyMember_saysASignedHello() throws Exception {
        try (TinyServer server = server(WELCOME)) {
            peer(false).connect(loop, server.address()).get(5, TimeUnit.SECONDS);

            JsonNode hello = Json.mapper().readTree(sent.take());
            String signedText = HelloText.canonical(
                    "mesh",
                    "member-1",
                    KEYS.publicHex(),
                    hello.path("timestamp").asLong());
            assertThat(Signatures.verify(signedText, hello.path("signature").asText(), KEYS.publicHex()))
                    .isTrue();
            assertThat(hello.has("capabilities")).isFalse();
        }
    }

    @Test
    void connect_refused_failsWithTheServersAnswer() throws Exception {
        try (TinyServer server = server("{\"type\":\"error\",\"code\":\"capacity\"}")) {
            var online = peer(false).connect(loop, server.address());

            assertThatThrownBy(() -> online.get(5, TimeUnit.SECONDS)).hasMessageContaining("capacity");
        }
    }

    @Test
    void traffic_eachKind_isToldApart() throws Exception {
        String stored = "{\"type\":\"ack\",\"id\":\"1\",\"messageId\":\"m\",\"queued\":true}";
        String refused = "{\"type\":\"ack\",\"id\":\"1\",\"messageId\":\"\",\"queued\":false,\"error\":\"no\"}";
        try (TinyServer server = server(WELCOME, PUSH, SYSTEM, stored, refused)) {
            peer(false).connect(loop, server.address());

            assertThat(nextEvent()).isEqualTo("message 3");
            assertThat(nextEvent()).isEqualTo("other");
            assertThat(nextEvent()).isEqualTo("ack true");
            assertThat(nextEvent()).isEqualTo("ack false");
        }
    }

    @Test
    void delivered_acknowledgingPeer_confirmsTheMessage() throws Exception {
        try (TinyServer server = server(WELCOME, PUSH)) {
            peer(true).connect(loop, server.address());

            assertThat(sent.poll(5, TimeUnit.SECONDS)).contains("\"capabilities\":[\"client_ack\"]");
            assertThat(sent.poll(5, TimeUnit.SECONDS))
                    .isEqualTo("{\"type\":\"client_ack\",\"brokerMessageId\":\"" + "m".repeat(32) + "\"}");
        }
    }
}
