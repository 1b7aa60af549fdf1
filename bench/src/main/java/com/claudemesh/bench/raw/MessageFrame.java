package com.claudemesh.bench.raw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A {@code send} frame made once and patched for every message: lane and number stand in the ciphertext, in the
 * correlation id and in the client message id, as digits of fixed width. Not safe for several threads.
 */
public final class MessageFrame {
    static final int LANE_DIGITS = 4;
    static final int NUMBER_DIGITS = 8;
    static final int MAX_LANES = 10_000;
    static final int MAX_NUMBERS = 100_000_000;

    private static final int MARK_DIGITS = LANE_DIGITS + NUMBER_DIGITS;
    private static final String NONCE = "bm9uY2Vub25jZW5vbmNlbm9uY2Vub25j";
    private static final byte[] CIPHERTEXT = Bytes.ascii("\"ciphertext\":\"");
    private static final byte[] MESSAGE_ID = Bytes.ascii("\"messageId\":\"");
    private static final byte[] ID = Bytes.ascii("\"id\":\"");

    private final byte[] frame;
    private final int[] marks;

    /**
     * @param run makes the client message ids of this run differ from those of others; JSON-safe
     * @param ciphertextChars at least 12
     */
    public MessageFrame(String run, int lane, String target, String priority, int ciphertextChars) {
        String mark = digits(lane, LANE_DIGITS) + "0".repeat(NUMBER_DIGITS);
        String head = "{\"type\":\"send\",\"targetSpec\":\"" + target + "\",\"priority\":\"" + priority
                + "\",\"nonce\":\"" + NONCE + "\",\"ciphertext\":\"";
        String clientId = mark + "A".repeat(ciphertextChars - MARK_DIGITS) + "\",\"client_message_id\":\"" + run + "-";
        String id = mark + "\",\"id\":\"";
        String json = head + clientId + id + mark + "\"}";
        frame = WebSocketFrame.text(json);
        int header = frame.length - json.length();
        marks = new int[] {
            header + head.length(), header + head.length() + clientId.length(), frame.length - 2 - MARK_DIGITS
        };
    }

    private static String digits(int value, int width) {
        byte[] text = new byte[width];
        Bytes.putDigits(text, 0, width, value);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** The frame of that number; the array is the same each time. */
    public byte[] numbered(int number) {
        for (int mark : marks) {
            Bytes.putDigits(frame, mark + LANE_DIGITS, NUMBER_DIGITS, number);
        }
        return frame;
    }

    /** Where lane and number stand in an {@code ack}. */
    public static int markInAck(byte[] bytes, int offset, int length) {
        return behind(bytes, offset, length, ID);
    }

    /** Where lane and number stand in a {@code push}. */
    public static int markInPush(byte[] bytes, int offset, int length) {
        return behind(bytes, offset, length, CIPHERTEXT);
    }

    public static int lane(byte[] bytes, int mark) {
        return Bytes.digits(bytes, mark, LANE_DIGITS);
    }

    public static int number(byte[] bytes, int mark) {
        return Bytes.digits(bytes, mark + LANE_DIGITS, NUMBER_DIGITS);
    }

    /** Where the message id of a push begins. */
    public static int messageIdInPush(byte[] bytes, int offset, int length) {
        return behind(bytes, offset, length, MESSAGE_ID);
    }

    /** The message id of a push. */
    public static String messageId(byte[] bytes, int offset, int length) {
        int at = messageIdInPush(bytes, offset, length);
        return new String(bytes, at, AckFrame.ID_CHARS, StandardCharsets.US_ASCII);
    }

    private static int behind(byte[] bytes, int offset, int length, byte[] key) {
        int found = Bytes.after(bytes, offset, offset + length, key);
        if (found < 0) {
            throw new IllegalArgumentException("no " + new String(key, StandardCharsets.US_ASCII) + " in "
                    + new String(Arrays.copyOfRange(bytes, offset, offset + length), StandardCharsets.UTF_8));
        }
        return found;
    }
}
