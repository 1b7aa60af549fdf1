package com.claudemesh.protocol.encoding;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 text in the two strict forms of the protocol and one lenient reader (RFC 4648 sections 4 and 5).
 *
 * <p>The strict readers accept exactly what the matching writer produces: no missing or extra padding, no other
 * alphabet, no white space, no non-zero trailing bits.
 */
public final class Base64Text {

    private static final int NOT_A_DIGIT = -1;

    private Base64Text() {}

    /** Standard alphabet with padding. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Strictly reads the standard alphabet with padding.
     *
     * @throws IllegalArgumentException if the text is not what {@link #encode} writes
     */
    public static byte[] decode(String text) {
        if (text.length() % 4 != 0) {
            throw new IllegalArgumentException("base64 text has missing or extra padding");
        }
        byte[] bytes = Base64.getDecoder().decode(text);
        requireSameEnding(text, bytes, Base64.getEncoder());
        return bytes;
    }

    /** URL alphabet without padding. */
    public static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Strictly reads the URL alphabet without padding.
     *
     * @throws IllegalArgumentException if the text is not what {@link #encodeUrl} writes
     */
    public static byte[] decodeUrl(String text) {
        if (text.indexOf('=') >= 0) {
            throw new IllegalArgumentException("base64url text is padded");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        requireSameEnding(text, bytes, Base64.getUrlEncoder().withoutPadding());
        return bytes;
    }

    /**
     * Reads either alphabet, ignores everything outside it (as the reference implementation's runtime does), needs no
     * padding and stops at the first {@code =}. A dangling single digit is dropped. Never fails.
     */
    public static byte[] decodeLenient(String text) {
        byte[] out = new byte[text.length() / 4 * 3 + 3];
        int length = 0;
        int bits = 0;
        int pendingBits = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
            int digit = digit(text.charAt(i));
            if (digit == NOT_A_DIGIT) {
                continue;
            }
            bits = bits << 6 | digit;
            pendingBits += 6;
            if (pendingBits >= 8) {
                pendingBits -= 8;
                out[length++] = (byte) (bits >> pendingBits);
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** The trailing bits of the last group are the only freedom that the JDK decoder leaves open. */
    private static void requireSameEnding(String text, byte[] bytes, Base64.Encoder encoder) {
        int tail = bytes.length % 3;
        if (tail == 0) {
            return;
        }
        String expected = encoder.encodeToString(Arrays.copyOfRange(bytes, bytes.length - tail, bytes.length));
        if (!text.endsWith(expected)) {
            throw new IllegalArgumentException("base64 text has non-zero trailing bits");
        }
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return switch (c) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> NOT_A_DIGIT;
        };
    }
}
