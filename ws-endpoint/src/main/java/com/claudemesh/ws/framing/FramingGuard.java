package com.claudemesh.ws.framing;

import com.claudemesh.protocol.error.CloseCode;
import java.util.Optional;

/**
 * Follows the frames in what one client sends (RFC 6455 §5.2) without looking into them, and passes judgement on each header.
 * Bytes go through in place; a header that is not complete yet is held back, so that a refused frame is never seen in part.
 */
final class FramingGuard {
    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int FIRST_CONTROL_OPCODE = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;
    private static final int MASK_BYTES = 4;
    private static final int MAX_HEADER_BYTES = 2 + 8 + MASK_BYTES;

    private final byte[] held = new byte[MAX_HEADER_BYTES];
    private int heldBytes;
    private long payloadLeft;
    private long messageBytes;
    private Refusal refusal = Refusal.NONE;
    /** Of a message that was refused. */
    private boolean lastFrame;

    private volatile long maxMessageBytes;

    /** Why nothing is let through any more. */
    enum Refusal {
        NONE(Optional.empty()),
        /** A frame of a client that is not masked, or of an impossible length (RFC 6455 §5.1, §5.2). */
        MALFORMED(Optional.of(1002)),
        TOO_BIG(Optional.of(CloseCode.TOO_BIG.code()));

        private final Optional<Integer> closeCode;

        Refusal(Optional<Integer> closeCode) {
            this.closeCode = closeCode;
        }

        Optional<Integer> closeCode() {
            return closeCode;
        }
    }

    FramingGuard(long maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** From the next frame on, a message may have that many bytes. Safe for any thread. */
    void allowMessageBytes(long maxBytes) {
        maxMessageBytes = maxBytes;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Whether nothing of what was refused is still to come, as far as the client can be believed. */
    boolean isRefusedOver() {
        return refusal == Refusal.MALFORMED || refusal == Refusal.TOO_BIG && lastFrame && payloadLeft == 0;
    }

    /** How many bytes of an incomplete header are held back, to be put before the next ones. */
    int heldBytes() {
        return heldBytes;
    }

    /** Puts the bytes that are held back into the target, where the next ones will follow. They no longer count as held. */
    void putHeld(byte[] target, int offset) {
        System.arraycopy(held, 0, target, offset, heldBytes);
        heldBytes = 0;
    }

    /**
     * Judges bytes in the order of their arrival.
     *
     * @return how many of them, from the first, may be let through; the rest is a refused frame or held back
     */
    int admit(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += skipped;
            } else {
                int next = header(bytes, at, end);
                if (next == at) {
                    return at - offset;
                }
                at = next;
            }
        }
        return length;
    }

    /** Where the frame's payload begins, or the same place when the frame is refused or its header incomplete. */
    private int header(byte[] bytes, int at, int end) {
        int size = completeHeader(bytes, at, end);
        if (size == 0) {
            return at;
        }
        long payload = payloadLength(bytes, at);
        if ((bytes[at + 1] & MASKED) == 0 || payload < 0) {
            refusal = Refusal.MALFORMED;
            return at;
        }
        payloadLeft = payload;
        if (isAllowed(bytes[at] & OPCODE, payload)) {
            return at + size;
        }
        refusal = Refusal.TOO_BIG;
        lastFrame = (bytes[at] & FINAL) != 0;
        skip(bytes, at + size, end - at - size);
        return at;
    }

    /** Follows the rest of a message that was refused as too big, to know when the client has said it all. */
    void skip(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end && !isRefusedOver()) {
            if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += skipped;
                continue;
            }
            int size = completeHeader(bytes, at, end);
            if (size == 0) {
                return;
            }
            payloadLeft = Math.max(0, payloadLength(bytes, at));
            boolean control = (bytes[at] & OPCODE) >= FIRST_CONTROL_OPCODE;
            lastFrame = !control && (bytes[at] & FINAL) != 0;
            at += size;
        }
    }

    /** How long the header is, or 0, and then it is held back, when it is not all there. */
    private int completeHeader(byte[] bytes, int at, int end) {
        int available = end - at;
        int size = available < 2 ? MAX_HEADER_BYTES : headerSize(bytes[at + 1]);
        if (available >= size) {
            return size;
        }
        heldBytes = available;
        System.arraycopy(bytes, at, held, 0, available);
        return 0;
    }

    private boolean isAllowed(int opcode, long payload) {
        if (opcode >= FIRST_CONTROL_OPCODE) {
            return payload <= maxMessageBytes;
        }
        messageBytes = opcode == 0 ? messageBytes : 0;
        messageBytes += Math.min(payload, Long.MAX_VALUE - messageBytes);
        return messageBytes <= maxMessageBytes;
    }

    private static int headerSize(byte second) {
        int extended =
                switch (second & LENGTH) {
                    case LENGTH_OF_2_BYTES -> 2;
                    case LENGTH_OF_8_BYTES -> 8;
                    default -> 0;
                };
        return 2 + extended + ((second & MASKED) == 0 ? 0 : MASK_BYTES);
    }

    /** Negative when the first bit is set, which no length may have. */
    private static long payloadLength(byte[] bytes, int at) {
        int code = bytes[at + 1] & LENGTH;
        int extended = headerSize((byte) code) - 2;
        if (extended == 0) {
            return code;
        }
        long length = 0;
        for (int i = 0; i < extended; i++) {
            length = length << 8 | bytes[at + 2 + i] & 0xff;
        }
        return length;
    }
}
