package com.claudemesh.protocol.crypto.primitive;

import static java.lang.Integer.rotateLeft;

/** HChaCha20 of draft-irtf-cfrg-xchacha section 2.2, libsodium's {@code crypto_core_hchacha20}. */
public final class HChaCha20 {

    public static final int KEY_BYTES = 32;
    public static final int INPUT_BYTES = 16;

    private static final int DOUBLE_ROUNDS = 10;
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private HChaCha20() {}

    /**
     * Derives a 32-byte key from a 32-byte key and the first 16 bytes of the input.
     *
     * @throws IllegalArgumentException if a length is wrong
     */
    public static byte[] derive(byte[] key, byte[] input) {
        if (key.length != KEY_BYTES || input.length < INPUT_BYTES) {
            throw new IllegalArgumentException("HChaCha20 needs a 32-byte key and a 16-byte input");
        }
        int[] state = new int[16];
        for (int i = 0; i < 4; i++) {
            state[i] = SIGMA[i];
            state[4 + i] = LittleEndian.word(key, 4 * i);
            state[8 + i] = LittleEndian.word(key, 16 + 4 * i);
            state[12 + i] = LittleEndian.word(input, 4 * i);
        }
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            for (int i = 0; i < 4; i++) {
                quarterRound(state, i, 4 + i, 8 + i, 12 + i);
            }
            for (int i = 0; i < 4; i++) {
                quarterRound(state, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
            }
        }
        byte[] out = new byte[KEY_BYTES];
        for (int i = 0; i < 4; i++) {
            LittleEndian.putWord(out, 4 * i, state[i]);
            LittleEndian.putWord(out, 16 + 4 * i, state[12 + i]);
        }
        return out;
    }

    private static void quarterRound(int[] x, int a, int b, int c, int d) {
        x[a] += x[b];
        x[d] = rotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = rotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = rotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = rotateLeft(x[b] ^ x[c], 7);
    }
}
