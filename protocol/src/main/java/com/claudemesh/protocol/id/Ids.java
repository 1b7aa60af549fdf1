package com.claudemesh.protocol.id;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Makes public identifiers: 32 characters of {@code [0-9A-Za-z]}, about 190 bits, from {@link SecureRandom}. They carry
 * no order and no meaning. Safe for any thread.
 */
public final class Ids {
    public static final int LENGTH = 32;

    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z]{32}");
    private static final int REJECT_FROM = 256 - 256 % ALPHABET.length;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String next() {
        char[] id = new char[LENGTH];
        byte[] pool = new byte[LENGTH + 8];
        int filled = 0;
        while (filled < LENGTH) {
            RANDOM.nextBytes(pool);
            for (int i = 0; i < pool.length && filled < LENGTH; i++) {
                int value = pool[i] & 0xff;
                if (value < REJECT_FROM) {
                    id[filled++] = ALPHABET[value % ALPHABET.length];
                }
            }
        }
        return new String(id);
    }

    public static boolean isId(String text) {
        return SHAPE.matcher(text).matches();
    }
}
