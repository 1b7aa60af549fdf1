package com.claudemesh.bench.raw;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a server's byte stream into frames without copying them. {@link #next} moves to the next whole frame, whose bytes
 * stay valid until the next {@link #add}. A fragmented message comes as its single frames.
 */
final class FrameReader {
    private byte[] buffer;
    private int start;
    private int end;
    private int opcode;
    private int offset;
    private int length;

    FrameReader(int initialBytes) {
        buffer = new byte[initialBytes];
    }

    /** Takes all bytes that the buffer has. */
    void add(ByteBuffer more) {
        int count = more.remaining();
        if (buffer.length - end < count) {
            makeRoom(count);
        }
        more.get(buffer, end, count);
        end += count;
    }

    private void makeRoom(int count) {
        int kept = end - start;
        byte[] target = buffer.length - kept >= count ? buffer : new byte[Math.max(2 * buffer.length, kept + count)];
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        start = 0;
        end = kept;
    }

    /** Moves to the next frame; false when it is not complete yet. */
    boolean next() {
        int available = end - start;
        if (available < 2) {
            return false;
        }
        int shortLength = buffer[start + 1] & 0x7f;
        int header = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
        if (available < header) {
            return false;
        }
        long payload = shortLength < 126 ? shortLength : number(start + 2, header - 2);
        if (payload > Integer.MAX_VALUE - header) {
            throw new IllegalStateException("a frame of " + payload + " bytes");
        }
        if (available < header + payload) {
            return false;
        }
        boolean whole = (buffer[start] & 0x80) != 0;
        opcode = whole ? buffer[start] & 0x0f : WebSocketFrame.CONTINUATION;
        offset = start + header;
        length = (int) payload;
        start = offset + length;
        return true;
    }

    private long number(int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | buffer[at + i] & 0xff;
        }
        return value;
    }

    /** Opcode of the current frame; {@link WebSocketFrame#CONTINUATION} for any part of a fragmented message. */
    int opcode() {
        return opcode;
    }

    byte[] bytes() {
        return buffer;
    }

    /** Where the current frame's payload begins in {@link #bytes}. */
    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    /** Where the bytes begin that have not been handed out. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    void skip(int count) {
        start += count;
    }
}
