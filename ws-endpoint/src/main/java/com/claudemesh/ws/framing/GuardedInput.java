package com.claudemesh.ws.framing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, up to the first frame that the guard refuses. In its place the reader finds a close frame with the
 * code of the refusal, as if the client had said goodbye: the container answers it with the same code and hangs up by its
 * own rules. A frame that is too big is first read to its end and thrown away, because a connection that is closed with unread
 * bytes is reset, and the client would not learn why.
 */
final class GuardedInput extends ServletInputStream {
    /** More than that is not waited for. */
    private static final long MAX_DISCARDED_BYTES = 16L * 1024 * 1024;

    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final byte MASKED_2_BYTES = (byte) 0x82;
    private static final int FAREWELL_BYTES = 8;
    private static final int SCRATCH_BYTES = 16 * 1024;

    private final ServletInputStream in;
    private final FramingGuard guard;
    private long discarded;
    private @Nullable ByteBuffer farewell;

    GuardedInput(ServletInputStream in, FramingGuard guard) {
        this.in = in;
        this.guard = guard;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (guard.refusal() != FramingGuard.Refusal.NONE) {
            return refused(target, offset, length);
        }
        int held = guard.heldBytes();
        if (length <= held) {
            throw new IOException("a buffer of " + length + " bytes has no room for a frame's header");
        }
        int count = in.read(target, offset + held, length - held);
        if (count <= 0) {
            return count;
        }
        guard.putHeld(target, offset);
        return guard.admit(target, offset, held + count);
    }

    private int refused(byte[] target, int offset, int length) throws IOException {
        if (!isFarewellDue()) {
            discard();
            return 0;
        }
        ByteBuffer words = farewell();
        int count = Math.min(length, words.remaining());
        words.get(target, offset, count);
        return count;
    }

    private void discard() throws IOException {
        byte[] scratch = new byte[SCRATCH_BYTES];
        int held = guard.heldBytes();
        int count = in.read(scratch, held, scratch.length - held);
        if (count > 0) {
            discarded += count;
            guard.putHeld(scratch, 0);
            guard.skip(scratch, 0, held + count);
        }
    }

    /** True while there is something to read without anything coming from the client. */
    private boolean isFarewellDue() {
        if (farewell != null) {
            return farewell.hasRemaining();
        }
        boolean refused = guard.refusal() != FramingGuard.Refusal.NONE;
        return refused && (guard.isRefusedOver() || discarded >= MAX_DISCARDED_BYTES);
    }

    private ByteBuffer farewell() {
        if (farewell == null) {
            int code = guard.refusal().closeCode().orElseThrow();
            farewell = ByteBuffer.allocate(FAREWELL_BYTES)
                    .put(FINAL_CLOSE)
                    .put(MASKED_2_BYTES)
                    .putInt(0)
                    .putShort((short) code)
                    .flip();
        }
        return farewell;
    }

    /** Never works: a header is admitted as a whole, so the stream is read in blocks. */
    @Override
    public int read() throws IOException {
        throw new IOException("a guarded stream is read in blocks");
    }

    @Override
    public int available() throws IOException {
        if (isFarewellDue()) {
            return FAREWELL_BYTES;
        }
        int waiting = in.available();
        return waiting == 0 ? 0 : waiting + guard.heldBytes();
    }

    @Override
    public boolean isReady() {
        return isFarewellDue() || in.isReady();
    }

    @Override
    public boolean isFinished() {
        return !isFarewellDue() && in.isFinished();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
