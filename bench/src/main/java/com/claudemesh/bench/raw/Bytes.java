package com.claudemesh.bench.raw;

import java.nio.charset.StandardCharsets;

/** Looks into JSON texts without parsing them. Right for the server's own frames, whose keys are never escaped. */
public final class Bytes {
    private Bytes() {}

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** First position of the pattern in [from, to), or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte[] pattern) {
        int last = to - pattern.length;
        byte first = pattern[0];
        for (int i = from; i <= last; i++) {
            if (bytes[i] == first && matches(bytes, i, pattern)) {
                return i;
            }
        }
        return -1;
    }

    /** Position behind the pattern in [from, to), or -1. */
    public static int after(byte[] bytes, int from, int to, byte[] pattern) {
        int found = indexOf(bytes, from, to, pattern);
        return found < 0 ? -1 : found + pattern.length;
    }

    public static boolean startsWith(byte[] bytes, int offset, int length, byte[] prefix) {
        return length >= prefix.length && matches(bytes, offset, prefix);
    }

    private static boolean matches(byte[] bytes, int at, byte[] pattern) {
        for (int i = 0; i < pattern.length; i++) {
            if (bytes[at + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a fixed number of decimal digits. */
    public static int digits(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = bytes[at + i] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("no digit at " + (at + i));
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /** Writes a number with leading zeros. */
    public static void putDigits(byte[] bytes, int at, int count, int value) {
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
