package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Hex;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An x25519 pair as libsodium's {@code crypto_box_keypair} makes it.
 *
 * @param publicKey 32 bytes
 * @param secretKey 32 bytes
 */
public record BoxKeyPair(byte[] publicKey, byte[] secretKey) {

    public static final int KEY_BYTES = 32;

    /** @throws BadKeyException if a length is wrong */
    public BoxKeyPair {
        if (publicKey.length != KEY_BYTES || secretKey.length != KEY_BYTES) {
            throw new BadKeyException("an x25519 pair has 32 public and 32 secret bytes");
        }
        publicKey = publicKey.clone();
        secretKey = secretKey.clone();
    }

    /** A new pair from the system's secure random source. */
    public static BoxKeyPair generate() {
        return fromSecret(RandomBytes.of(KEY_BYTES));
    }

    /**
     * The pair of a 32-byte secret key.
     *
     * @throws BadKeyException if the length is wrong
     */
    public static BoxKeyPair fromSecret(byte[] secretKey) {
        if (secretKey.length != KEY_BYTES) {
            throw new BadKeyException("an x25519 secret key has 32 bytes");
        }
        byte[] publicKey = new byte[KEY_BYTES];
        X25519.scalarMultBase(secretKey, 0, publicKey, 0);
        return new BoxKeyPair(publicKey, secretKey);
    }

    /**
     * The converted pair of an ed25519 identity.
     *
     * @param ed25519SecretHex 128 hexadecimal digits
     * @throws BadKeyException if the text is malformed
     */
    public static BoxKeyPair ofIdentity(String ed25519SecretHex) {
        return fromSecret(Curve25519Keys.secretKey(ed25519SecretHex));
    }

    /** A copy of the 32 public bytes. */
    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** A copy of the 32 secret bytes; the caller clears it after use. */
    @Override
    public byte[] secretKey() {
        return secretKey.clone();
    }

    /** 64 lowercase hexadecimal digits. */
    public String publicHex() {
        return Hex.encode(publicKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoxKeyPair that && MessageDigest.isEqual(secretKey, that.secretKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    /** Names the public key only. */
    @Override
    public String toString() {
        return "BoxKeyPair[" + publicHex() + "]";
    }
}
