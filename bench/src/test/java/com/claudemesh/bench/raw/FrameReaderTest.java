package com.claudemesh.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader(4);

    private String current() {
        return new String(reader.copy(), StandardCharsets.UTF_8);
    }

    @Test
    void next_bytesOneByOne_givesTheFrameWithItsLastByte() {
        byte[] frame = TinyServer.text("slowly");
        for (int i = 0; i < frame.length - 1; i++) {
            reader.add(ByteBuffer.wrap(frame, i, 1));
            assertThat(reader.next()).isFalse();
        }

        reader.add(ByteBuffer.wrap(frame, frame.length - 1, 1));

        assertThat(reader.next()).isTrue();
        assertThat(current()).isEqualTo("slowly");
    }

    @Test
    void next_twoFramesAndABit_givesBothAndWaitsForTheRest() {
        byte[] first = TinyServer.text("one");
        byte[] second = TinyServer.text("two".repeat(100));
        ByteBuffer bytes = ByteBuffer.allocate(first.length + second.length + 1);
        bytes.put(first).put(second).put((byte) 0x81).flip();

        reader.add(bytes);

        assertThat(reader.next()).isTrue();
        assertThat(current()).isEqualTo("one");
        assertThat(reader.next()).isTrue();
        assertThat(current()).isEqualTo("two".repeat(100));
        assertThat(reader.next()).isFalse();
    }

    @Test
    void opcode_partOfAFragmentedMessage_isNotMistakenForAWholeOne() {
        byte[] frame = TinyServer.text("part");
        frame[0] &= 0x7f;

        reader.add(ByteBuffer.wrap(frame));

        assertThat(reader.next()).isTrue();
        assertThat(reader.opcode()).isEqualTo(WebSocketFrame.CONTINUATION);
    }
}
