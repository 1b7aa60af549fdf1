package com.claudemesh.ws.framing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedInputTest {
    private static final int TEXT = 0x81;
    private static final int TEXT_TO_BE_CONTINUED = 0x01;
    private static final int CONTINUATION = 0x00;
    private static final int LAST_CONTINUATION = 0x80;
    private static final int PING = 0x89;
    private static final byte[] CLOSE_1002 = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xea};
    private static final byte[] CLOSE_1009 = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xf1};

    private final FramingGuard guard = new FramingGuard(1_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10_000})
    void frames_withinTheLimit_passUnchanged_howeverTheyAreCut(int chunk) throws IOException {
        byte[] sent = joined(
                frame(TEXT, 5),
                frame(TEXT, 300),
                frame(TEXT, 0),
                frame(PING, 4),
                frame(TEXT_TO_BE_CONTINUED, 600),
                frame(PING, 0),
                frame(CONTINUATION, 0),
                frame(LAST_CONTINUATION, 400),
                frame(TEXT, 1_000));

        assertThat(through(sent, chunk)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10_000})
    void frame_overTheLimit_isReplacedByAClose_onceItIsOver(int chunk) throws IOException {
        byte[] good = frame(TEXT, 20);

        assertThat(through(joined(good, frame(TEXT, 1_001), frame(TEXT, 20)), chunk))
                .isEqualTo(joined(good, CLOSE_1009));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 10_000})
    void message_whosePartsExceedTheLimit_isRefusedAtThePartThatDoes(int chunk) throws IOException {
        byte[] first = frame(TEXT_TO_BE_CONTINUED, 700);
        byte[] unfinished = joined(first, frame(CONTINUATION, 301), frame(PING, 3), frame(CONTINUATION, 200));

        assertThat(through(unfinished, chunk)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 10_000})
    void message_thatWasRefused_isClosedAfterItsLastPart(int chunk) throws IOException {
        byte[] first = frame(TEXT_TO_BE_CONTINUED, 700);
        byte[] all =
                joined(first, frame(CONTINUATION, 301), frame(PING, 3), frame(LAST_CONTINUATION, 200), frame(TEXT, 9));

        assertThat(through(all, chunk)).isEqualTo(joined(first, CLOSE_1009));
    }

    @Test
    void frame_thatClaimsMoreThanItBrings_isNotAnsweredBeforeItsEnd() throws IOException {
        byte[] header = Arrays.copyOf(frame(TEXT, 5_000), 100);

        assertThat(through(header, 10)).isEmpty();
    }

    @Test
    void frame_ofAnEndlessLength_isGivenUpAfterSixteenMebibytes() throws IOException {
        byte[] header = ByteBuffer.allocate(14)
                .put((byte) TEXT)
                .put((byte) 0xff)
                .putLong(1L << 40)
                .putInt(0)
                .array();

        assertThat(through(joined(header, new byte[17 * 1024 * 1024]), 1 << 20)).isEqualTo(CLOSE_1009);
    }

    @Test
    void frame_ofANegativeLength_isMalformed() throws IOException {
        byte[] header = ByteBuffer.allocate(14)
                .put((byte) TEXT)
                .put((byte) 0xff)
                .putLong(-1)
                .putInt(0)
                .array();

        assertThat(through(header, 3)).isEqualTo(CLOSE_1002);
    }

    @Test
    void frame_withoutAMask_isMalformed() throws IOException {
        byte[] good = frame(TEXT, 3);

        assertThat(through(joined(good, new byte[] {(byte) TEXT, 2, 'h', 'i'}), 4))
                .isEqualTo(joined(good, CLOSE_1002));
    }

    @Test
    void limit_raised_countsFromTheNextFrame() throws IOException {
        guard.allowMessageBytes(2_000);
        byte[] sent = frame(TEXT, 1_500);

        assertThat(through(sent, 100)).isEqualTo(sent);
    }

    /** Everything that a reader gets which reads as the container does: while the stream is ready, what is available. */
    private byte[] through(byte[] sent, int chunk) throws IOException {
        GuardedInput input = new GuardedInput(new Chunks(sent, chunk), guard);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (input.isReady()) {
            int available = input.available();
            byte[] block = new byte[available == 0 ? 64 : available];
            int count = input.read(block);
            got.write(block, 0, Math.max(0, count));
        }
        return got.toByteArray();
    }

    private static byte[] frame(int first, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length + 14).put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        }
        frame.putInt(0x01020304);
        for (int i = 0; i < length; i++) {
            frame.put((byte) i);
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A network that brings so many bytes at a time. */
    private static final class Chunks extends ServletInputStream {
        private final byte[] bytes;
        private final int chunk;
        private int position;

        Chunks(byte[] bytes, int chunk) {
            this.bytes = bytes;
            this.chunk = chunk;
        }

        @Override
        public int available() {
            return Math.min(chunk, bytes.length - position);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, available());
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("read in blocks");
        }

        @Override
        public boolean isReady() {
            return position < bytes.length;
        }

        @Override
        public boolean isFinished() {
            return position == bytes.length;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("nobody listens here");
        }
    }
}
