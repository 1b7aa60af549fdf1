package com.claudemesh.protocol.crypto.primitive;

import java.security.MessageDigest;
import java.util.Arrays;

/** Joining, clearing and constant-time comparison of byte arrays. */
public final class Bytes {

    private Bytes() {}

    /** The parts one after the other in a new array. */
    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int offset = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, offset, part.length);
            offset += part.length;
        }
        return joined;
    }

    /** Compares in a time that depends on the lengths only. */
    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    /** Overwrites key material that is no longer needed. */
    public static void clear(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }
}
