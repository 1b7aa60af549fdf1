package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import java.util.Optional;

/**
 * A body as it travels: two strict Base64 texts.
 *
 * @param nonce 24 bytes in Base64
 * @param ciphertext tag and ciphertext in Base64 (for body version 1 the plain UTF-8 text)
 */
public record Sealed(String nonce, String ciphertext) {

    static byte[] newNonce() {
        return RandomBytes.of(SecretBox.NONCE_BYTES);
    }

    static Sealed of(byte[] nonce, byte[] ciphertext) {
        return new Sealed(Base64Text.encode(nonce), Base64Text.encode(ciphertext));
    }

    Optional<byte[]> nonceBytes() {
        return strict(nonce);
    }

    Optional<byte[]> ciphertextBytes() {
        return strict(ciphertext);
    }

    private static Optional<byte[]> strict(String text) {
        try {
            return Optional.of(Base64Text.decode(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
