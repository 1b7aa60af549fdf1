package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Encryption to a public key by an anonymous sender, libsodium's {@code crypto_box_seal}.
 *
 * <p>Layout: ephemeral x25519 public key (32 bytes), then a box with nonce BLAKE2b-192(ephemeral public ‖ recipient
 * public).
 */
public final class SealedBox {

    public static final int OVERHEAD_BYTES = BoxKeyPair.KEY_BYTES + SecretBox.TAG_BYTES;

    private SealedBox() {}

    /**
     * Seals to an x25519 public key; the result is 48 bytes longer than the message.
     *
     * @throws BadKeyException if the key has the wrong length or is of low order
     */
    public static byte[] seal(byte[] message, byte[] recipientPublic) {
        return seal(message, recipientPublic, BoxKeyPair.generate());
    }

    /**
     * Seals to an ed25519 identity of 64 hexadecimal digits.
     *
     * @throws BadKeyException if the key is malformed or cannot be converted
     */
    public static byte[] sealToIdentity(byte[] message, String ed25519PublicHex) {
        return seal(message, Curve25519Keys.publicKey(ed25519PublicHex));
    }

    /** The message, or empty if it is too short, was altered, or was sealed to another key. */
    public static Optional<byte[]> open(byte[] sealed, BoxKeyPair recipient) {
        if (sealed.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        byte[] ephemeralPublic = Arrays.copyOf(sealed, BoxKeyPair.KEY_BYTES);
        byte[] box = Arrays.copyOfRange(sealed, BoxKeyPair.KEY_BYTES, sealed.length);
        byte[] nonce = nonce(ephemeralPublic, recipient.publicKey());
        byte[] secret = recipient.secretKey();
        try {
            return CryptoBox.open(box, nonce, ephemeralPublic, secret);
        } finally {
            Bytes.clear(secret);
        }
    }

    /** The message sealed to the identity with this secret key of 128 hexadecimal digits, or empty. */
    public static Optional<byte[]> openAsIdentity(byte[] sealed, String ed25519SecretHex) {
        return open(sealed, BoxKeyPair.ofIdentity(ed25519SecretHex));
    }

    static byte[] seal(byte[] message, byte[] recipientPublic, BoxKeyPair ephemeral) {
        byte[] nonce = nonce(ephemeral.publicKey(), recipientPublic);
        byte[] secret = ephemeral.secretKey();
        try {
            return Bytes.join(ephemeral.publicKey(), CryptoBox.seal(message, nonce, recipientPublic, secret));
        } finally {
            Bytes.clear(secret);
        }
    }

    static byte[] nonce(byte[] ephemeralPublic, byte[] recipientPublic) {
        Blake2bDigest digest = new Blake2bDigest(SecretBox.NONCE_BYTES * Byte.SIZE);
        digest.update(ephemeralPublic, 0, ephemeralPublic.length);
        digest.update(recipientPublic, 0, recipientPublic.length);
        byte[] nonce = new byte[SecretBox.NONCE_BYTES];
        digest.doFinal(nonce, 0);
        return nonce;
    }
}
