package com.claudemesh.protocol.crypto.primitive;

import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** XChaCha20-Poly1305 with the tag last, libsodium's {@code crypto_aead_xchacha20poly1305_ietf}. */
public final class XChaCha20Poly1305 {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 24;
    public static final int TAG_BYTES = 16;

    private static final int ZERO_PREFIX_BYTES = 4;
    private static final int IETF_NONCE_BYTES = 12;

    private XChaCha20Poly1305() {}

    /**
     * Encrypts.
     *
     * @param nonce 24 bytes, never used before with this key
     * @param associatedData authenticated but not encrypted; may be empty
     * @return ciphertext followed by the 16-byte tag
     */
    public static byte[] encrypt(byte[] key, byte[] nonce, byte[] associatedData, byte[] message) {
        try {
            return process(true, key, nonce, associatedData, message);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption has no tag to reject", e);
        }
    }

    /** The message, or empty if it was altered or key, nonce or associated data are not those of the encryption. */
    public static Optional<byte[]> decrypt(byte[] key, byte[] nonce, byte[] associatedData, byte[] ciphertext) {
        if (ciphertext.length < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(process(false, key, nonce, associatedData, ciphertext));
        } catch (InvalidCipherTextException rejected) {
            return Optional.empty();
        }
    }

    private static byte[] process(boolean encrypting, byte[] key, byte[] nonce, byte[] associatedData, byte[] input)
            throws InvalidCipherTextException {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("an XChaCha20 nonce has 24 bytes");
        }
        byte[] subkey = HChaCha20.derive(key, nonce);
        byte[] ietfNonce = new byte[IETF_NONCE_BYTES];
        System.arraycopy(
                nonce, HChaCha20.INPUT_BYTES, ietfNonce, ZERO_PREFIX_BYTES, NONCE_BYTES - HChaCha20.INPUT_BYTES);
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        cipher.init(
                encrypting,
                new AEADParameters(new KeyParameter(subkey), TAG_BYTES * Byte.SIZE, ietfNonce, associatedData));
        Bytes.clear(subkey);
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int written = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, written);
        return output;
    }
}
