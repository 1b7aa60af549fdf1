package com.claudemesh.bench.raw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Client frames of RFC 6455 §5.2, masked with zeros: valid, and free of charge. */
public final class WebSocketFrame {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    static final int NO_CODE = 1005;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;

    private WebSocketFrame() {}

    public static byte[] text(String text) {
        return masked(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A complete final frame. */
    public static byte[] masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(headerBytes(payload.length) + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return frame.array();
    }

    /** Bytes in front of a payload of that length. */
    static int headerBytes(int payloadBytes) {
        return MASK_BYTES + (payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10);
    }

    static int closeCode(byte[] body) {
        return body.length < 2 ? NO_CODE : (body[0] & 0xff) << 8 | body[1] & 0xff;
    }

    static String closeReason(byte[] body) {
        return body.length <= 2 ? "" : new String(body, 2, body.length - 2, StandardCharsets.UTF_8);
    }
}
