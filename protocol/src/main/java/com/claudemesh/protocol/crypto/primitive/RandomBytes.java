package com.claudemesh.protocol.crypto.primitive;

import java.security.SecureRandom;

/** Unpredictable bytes of the operating system (libsodium's {@code randombytes_buf}). */
public final class RandomBytes {

    private RandomBytes() {}

    /** Created on first use, so that a program that only verifies never opens the random source. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    /** The given number of random bytes. */
    public static byte[] of(int count) {
        byte[] bytes = new byte[count];
        Source.RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A uniform number from 0 inclusive to {@code bound} exclusive. */
    public static int below(int bound) {
        return Source.RANDOM.nextInt(bound);
    }
}
