package com.claudemesh.protocol.crypto;

import java.util.Optional;

/**
 * Public-key authenticated encryption, libsodium's {@code crypto_box_easy}: the tag comes first.
 *
 * <p>For repeated use between the same two parties keep a {@link SharedKey} instead.
 */
public final class CryptoBox {

    public static final int NONCE_BYTES = SecretBox.NONCE_BYTES;
    public static final int TAG_BYTES = SecretBox.TAG_BYTES;

    private CryptoBox() {}

    /**
     * Encrypts for the recipient.
     *
     * @param nonce 24 bytes, never used before between these two parties
     * @return 16-byte tag followed by the ciphertext
     * @throws BadKeyException if a key has the wrong length or the recipient's key is of low order
     * @throws IllegalArgumentException if the nonce has another length
     */
    public static byte[] seal(byte[] message, byte[] nonce, byte[] recipientPublic, byte[] senderSecret) {
        return SharedKey.between(recipientPublic, senderSecret).seal(nonce, message);
    }

    /** The message, or empty if a key or length is bad or the box was not made by this sender for this recipient. */
    public static Optional<byte[]> open(byte[] box, byte[] nonce, byte[] senderPublic, byte[] recipientSecret) {
        try {
            return SharedKey.between(senderPublic, recipientSecret).open(nonce, box);
        } catch (BadKeyException unusableKey) {
            return Optional.empty();
        }
    }
}
