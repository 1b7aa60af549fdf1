package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.bench.raw.WebSocketFrame;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Frames that are strange or wrong below JSON: in UTF-8 or in the framing of RFC 6455 §5. */
final class WebSocketBreaker {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[][] BAD_UTF8 = {
        {(byte) 0xc3, 0x28},
        {(byte) 0xff},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xc0, (byte) 0xaf},
        {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80},
        {(byte) 0xe2, (byte) 0x82}
    };

    private final RandomGenerator random;

    WebSocketBreaker(RandomGenerator random) {
        this.random = random;
    }

    /** Valid: one text in two to five frames. */
    byte[] fragmented(String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int parts = 2 + random.nextInt(4);
        int start = 0;
        for (int i = 0; i < parts; i++) {
            int end = i == parts - 1 ? payload.length : start + random.nextInt(payload.length - start + 1);
            byte[] part = java.util.Arrays.copyOfRange(payload, start, end);
            byte[] frame = WebSocketFrame.masked(i == 0 ? WebSocketFrame.TEXT : WebSocketFrame.CONTINUATION, part);
            if (i < parts - 1) {
                frame[0] &= (byte) ~FINAL;
            }
            out.writeBytes(frame);
            start = end;
        }
        return out.toByteArray();
    }

    /** JSON with an invalid sequence somewhere inside. */
    byte[] invalidUtf8(ObjectNode frame) {
        byte[] json = frame.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bad = BAD_UTF8[random.nextInt(BAD_UTF8.length)];
        int at = random.nextInt(json.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(json, 0, at);
        out.writeBytes(bad);
        out.write(json, at, json.length - at);
        return out.toByteArray();
    }

    byte[] broken(String json) {
        byte[] frame = WebSocketFrame.text(json);
        switch (random.nextInt(7)) {
            case 0 -> frame[0] |= 0x40; // RSV1 without an extension
            case 1 -> frame[0] = (byte) (FINAL | 0x0b); // reserved opcode
            case 2 -> frame[1] &= (byte) ~MASKED; // a client that does not mask
            case 3 -> frame[0] = (byte) FINAL; // continuation of nothing
            case 4 -> frame[0] = (byte) WebSocketFrame.PING; // fragmented control frame
            case 5 -> {
                return WebSocketFrame.masked(WebSocketFrame.PING, new byte[200]); // control frame above 125 bytes
            }
            default -> {
                return WebSocketFrame.masked(WebSocketFrame.CLOSE, new byte[] {0x03, (byte) 0xed}); // code 1005
            }
        }
        return frame;
    }
}
