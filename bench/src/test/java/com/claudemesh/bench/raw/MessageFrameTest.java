package com.claudemesh.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ClientAck;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.Send;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The hand-made frames against the real codec, which reads and writes what the server does. */
class MessageFrameTest {
    private static final String TARGET = "ab".repeat(32);
    private static final String MESSAGE_ID = "0123456789abcdefghijklmnopqrstuv";

    private final MessageFrame frame = new MessageFrame("run", 7, TARGET, "now", 300);

    private static ClientFrame decode(byte[] webSocketFrame) {
        int payload = webSocketFrame.length - 4 - 4; // 16-bit length and mask
        if ((webSocketFrame[1] & 0x7f) < 126) {
            payload = webSocketFrame.length - 2 - 4;
        }
        byte[] json = Arrays.copyOfRange(webSocketFrame, webSocketFrame.length - payload, webSocketFrame.length);
        Decoded<ClientFrame> decoded = FrameCodec.forServer().decode(new String(json, StandardCharsets.UTF_8));
        return ((Decoded.Known<ClientFrame>) decoded).frame();
    }

    private Send sent(int number) {
        return (Send) decode(frame.numbered(number));
    }

    private static byte[] push(String ciphertext) {
        Push push = new Push(
                MESSAGE_ID,
                "mesh",
                TARGET,
                Priority.NOW,
                "nonce",
                ciphertext,
                "2026-01-01T00:00:00.000Z",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return Bytes.ascii(FrameCodec.encode(push));
    }

    @Test
    void numbered_anyNumber_isAValidSend() {
        assertThat(sent(42)).satisfies(send -> {
            assertThat(send.targetSpec()).isEqualTo(TARGET);
            assertThat(send.priority()).isEqualTo(Priority.NOW);
            assertThat(send.ciphertext()).hasSize(300).startsWith("000700000042");
            assertThat(send.clientMessageId()).isEqualTo("run-000700000042");
            assertThat(send.id()).isEqualTo("000700000042");
        });
    }

    @Test
    void numbered_twoNumbers_differInEveryId() {
        Send first = sent(1);
        Send second = sent(2);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.clientMessageId()).isNotEqualTo(second.clientMessageId());
        assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
    }

    @Test
    void markInAck_theServersAnswer_namesLaneAndNumber() {
        byte[] ack = Bytes.ascii(FrameCodec.encode(Ack.stored(sent(99_999_999).id(), MESSAGE_ID, null)));

        int mark = MessageFrame.markInAck(ack, 0, ack.length);

        assertThat(MessageFrame.lane(ack, mark)).isEqualTo(7);
        assertThat(MessageFrame.number(ack, mark)).isEqualTo(99_999_999);
    }

    @Test
    void markInPush_theServersPush_namesLaneAndNumber() {
        byte[] push = push(sent(5).ciphertext());

        int mark = MessageFrame.markInPush(push, 0, push.length);

        assertThat(MessageFrame.lane(push, mark)).isEqualTo(7);
        assertThat(MessageFrame.number(push, mark)).isEqualTo(5);
        assertThat(MessageFrame.messageId(push, 0, push.length)).isEqualTo(MESSAGE_ID);
    }

    @Test
    void ackFrame_forAPush_confirmsItsMessage() {
        byte[] push = push(sent(5).ciphertext());

        byte[] ack = new AckFrame().forMessage(push, MessageFrame.messageIdInPush(push, 0, push.length));

        assertThat(decode(ack)).isEqualTo(new ClientAck(null, MESSAGE_ID));
    }
}
