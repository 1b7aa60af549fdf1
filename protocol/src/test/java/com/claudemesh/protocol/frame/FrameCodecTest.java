package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
    private final FrameCodec<ClientFrame> server = FrameCodec.forServer();

    @Test
    void send_allRequiredFields_isDecodedWithDefaults() {
        Decoded<ClientFrame> decoded =
                server.decode("{\"type\":\"send\",\"targetSpec\":\"*\",\"ciphertext\":\"aGk=\",\"_reqId\":\"r1\"}");

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Known.class, known -> {
            assertThat(known.requestId()).isEqualTo("r1");
            assertThat(known.frame())
                    .isEqualTo(new Send("*", Priority.NEXT, "", "aGk=", null, null, null, null, null, null));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "42",
                "\"hello\"",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"send\",\"type\":\"hello\"}",
                "{\"type\":\"list_peers\"} {}",
                "\u0000\u0001\u0002"
            })
    void decode_notAnObjectWithOneType_isMalformed(String text) {
        assertThat(server.decode(text)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void decode_nestedDeeperThanTheLimit_isMalformed() {
        String deep = "{\"type\":\"list_peers\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(server.decode(deep)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void decode_typeNobodyKnows_keepsTheRequestId() {
        assertThat(server.decode("{\"type\":\"frobnicate\",\"_reqId\":\"q\"}"))
                .isEqualTo(new Decoded.UnknownType<ClientFrame>("frobnicate", "q"));
    }

    @Test
    void send_withoutTarget_namesTheField() {
        assertThat(server.decode("{\"type\":\"send\",\"ciphertext\":\"x\",\"id\":\"7\"}"))
                .isEqualTo(
                        new Decoded.Invalid<ClientFrame>("send", null, "7", "targetSpec", "targetSpec: is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "[]", "{}"})
    void send_targetOfAnotherType_namesTheField(String value) {
        assertThat(server.decode("{\"type\":\"send\",\"targetSpec\":" + value + ",\"ciphertext\":\"x\"}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("targetSpec"));
    }

    @Test
    void setStats_partOfAnotherType_isNamedByItsPath() {
        assertThat(server.decode("{\"type\":\"set_stats\",\"stats\":{\"errors\":\"many\"},\"_reqId\":\"r\"}"))
                .isEqualTo(new Decoded.Invalid<ClientFrame>(
                        "set_stats", "r", null, "stats.errors", "stats.errors: wrong type"));
    }

    @Test
    void hello_groupOfAnotherType_isNamedByItsPlace() {
        assertThat(
                        server.decode(
                                "{\"type\":\"hello\",\"meshId\":\"m\",\"pubkey\":\"k\",\"sessionId\":\"s\",\"groups\":[{\"name\":\"a\"},7]}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("groups.1"));
    }

    @Test
    void send_unknownPriority_namesTheField() {
        assertThat(server.decode("{\"type\":\"send\",\"targetSpec\":\"*\",\"ciphertext\":\"x\",\"priority\":\"asap\"}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("priority"));
    }

    @Test
    void hello_timestampAsText_isLeftToTheHelloChecks() {
        assertThat(
                        server.decode(
                                "{\"type\":\"hello\",\"meshId\":\"m\",\"pubkey\":\"k\",\"sessionId\":\"s\",\"timestamp\":\"1\"}"))
                .isInstanceOfSatisfying(
                        Decoded.Known.class,
                        known -> assertThat(((Hello) known.frame()).timestamp().isTextual())
                                .isTrue());
    }

    @Test
    void encode_absentFields_areOmittedAndTypeComesFirst() {
        assertThat(FrameCodec.encode(Ack.stored("1", "m", null)))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"1\",\"messageId\":\"m\",\"queued\":true}");
    }

    @Test
    void receipt_ofARequestThatIsNoSend_namesItsRequestOrNothing() {
        assertThat(FrameCodec.encode(Ack.receipt("r"), "r"))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"r\",\"messageId\":\"\",\"queued\":false,\"_reqId\":\"r\"}");
        assertThat(FrameCodec.encode(Ack.receipt(null), null))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"\",\"messageId\":\"\",\"queued\":false}");
    }

    @Test
    void encode_withRequestId_echoesItEscaped() {
        assertThat(FrameCodec.encode(ErrorFrame.of(ErrorCode.NO_HELLO, "say hello first"), "a\"b"))
                .isEqualTo(
                        "{\"type\":\"error\",\"code\":\"no_hello\",\"message\":\"say hello first\",\"_reqId\":\"a\\\"b\"}");
    }

    @Test
    void peersList_summaryUnknown_isWrittenAsNull() {
        var peer = new PeersList.PeerInfo(
                "p",
                "m",
                "n",
                "idle",
                null,
                java.util.List.of(),
                "s",
                "t",
                "",
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null);

        assertThat(FrameCodec.encode(new PeersList(java.util.List.of(peer)))).contains("\"summary\":null");
    }

    @Test
    void roundTrip_everyClientFrameOfThisSide_isReadableByTheServer() {
        Send send = Send.of("1", "*", Priority.NOW, "n", "c");

        assertThat(server.decode(FrameCodec.encode(send))).isEqualTo(new Decoded.Known<ClientFrame>(send, null));
    }
}
