package com.claudemesh.protocol.crypto.primitive;

import static java.lang.Integer.rotateLeft;

/** HSalsa20 of "Extending the Salsa20 nonce" (Bernstein 2011), libsodium's {@code crypto_core_hsalsa20}. */
public final class HSalsa20 {

    public static final int KEY_BYTES = 32;
    public static final int INPUT_BYTES = 16;

    private static final int DOUBLE_ROUNDS = 10;
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    private static final int[] OUTPUT_WORDS = {0, 5, 10, 15, 6, 7, 8, 9};

    private HSalsa20() {}

    /**
     * Derives a 32-byte key from a 32-byte key and a 16-byte input.
     *
     * @throws IllegalArgumentException if a length is wrong
     */
    public static byte[] derive(byte[] key, byte[] input) {
        if (key.length != KEY_BYTES || input.length < INPUT_BYTES) {
            throw new IllegalArgumentException("HSalsa20 needs a 32-byte key and a 16-byte input");
        }
        int[] state = new int[16];
        for (int i = 0; i < 4; i++) {
            state[5 * i] = SIGMA[i];
            state[1 + i] = LittleEndian.word(key, 4 * i);
            state[6 + i] = LittleEndian.word(input, 4 * i);
            state[11 + i] = LittleEndian.word(key, 16 + 4 * i);
        }
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            columnRound(state);
            rowRound(state);
        }
        byte[] out = new byte[KEY_BYTES];
        for (int i = 0; i < OUTPUT_WORDS.length; i++) {
            LittleEndian.putWord(out, 4 * i, state[OUTPUT_WORDS[i]]);
        }
        return out;
    }

    private static void columnRound(int[] x) {
        quarterRound(x, 0, 4, 8, 12);
        quarterRound(x, 5, 9, 13, 1);
        quarterRound(x, 10, 14, 2, 6);
        quarterRound(x, 15, 3, 7, 11);
    }

    private static void rowRound(int[] x) {
        quarterRound(x, 0, 1, 2, 3);
        quarterRound(x, 5, 6, 7, 4);
        quarterRound(x, 10, 11, 8, 9);
        quarterRound(x, 15, 12, 13, 14);
    }

    private static void quarterRound(int[] x, int a, int b, int c, int d) {
        x[b] ^= rotateLeft(x[a] + x[d], 7);
        x[c] ^= rotateLeft(x[b] + x[a], 9);
        x[d] ^= rotateLeft(x[c] + x[b], 13);
        x[a] ^= rotateLeft(x[d] + x[c], 18);
    }
}
