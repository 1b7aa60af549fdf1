package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Hex;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An ed25519 identity as libsodium's {@code crypto_sign_keypair} makes it.
 *
 * @param publicKey 32 bytes
 * @param secretKey 64 bytes: the 32-byte seed followed by the public key
 */
public record SigningKeyPair(byte[] publicKey, byte[] secretKey) {

    public static final int PUBLIC_KEY_BYTES = 32;
    public static final int SECRET_KEY_BYTES = 64;
    public static final int SEED_BYTES = 32;

    /** @throws BadKeyException if a length is wrong or the two keys do not belong together */
    public SigningKeyPair {
        if (publicKey.length != PUBLIC_KEY_BYTES || secretKey.length != SECRET_KEY_BYTES) {
            throw new BadKeyException("an ed25519 pair has 32 public and 64 secret bytes");
        }
        if (!MessageDigest.isEqual(publicKey, Arrays.copyOfRange(secretKey, SEED_BYTES, SECRET_KEY_BYTES))) {
            throw new BadKeyException("the ed25519 secret key belongs to another public key");
        }
        publicKey = publicKey.clone();
        secretKey = secretKey.clone();
    }

    /** A new identity from the system's secure random source. */
    public static SigningKeyPair generate() {
        byte[] seed = RandomBytes.of(SEED_BYTES);
        try {
            return fromSeed(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * The identity of a 32-byte seed ({@code crypto_sign_seed_keypair}).
     *
     * @throws BadKeyException if the seed has another length
     */
    public static SigningKeyPair fromSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new BadKeyException("an ed25519 seed has 32 bytes");
        }
        byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        byte[] secretKey = Arrays.copyOf(seed, SECRET_KEY_BYTES);
        System.arraycopy(publicKey, 0, secretKey, SEED_BYTES, PUBLIC_KEY_BYTES);
        return new SigningKeyPair(publicKey, secretKey);
    }

    /**
     * The identity of a stored secret key of 128 hexadecimal digits.
     *
     * @throws BadKeyException if the text is malformed or its public half does not belong to its seed
     */
    public static SigningKeyPair fromSecretHex(String secretHex) {
        if (!Hex.isSignature(secretHex)) {
            throw new BadKeyException("an ed25519 secret key is written as 128 hexadecimal digits");
        }
        byte[] stored = Hex.decode(secretHex);
        SigningKeyPair pair = fromSeed(Arrays.copyOf(stored, SEED_BYTES));
        if (!MessageDigest.isEqual(pair.secretKey, stored)) {
            throw new BadKeyException("the public half of the ed25519 secret key does not belong to its seed");
        }
        return pair;
    }

    /** A copy of the 32 public bytes. */
    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** A copy of the 64 secret bytes; the caller clears it after use. */
    @Override
    public byte[] secretKey() {
        return secretKey.clone();
    }

    /** 64 lowercase hexadecimal digits. */
    public String publicHex() {
        return Hex.encode(publicKey);
    }

    /** 128 lowercase hexadecimal digits. */
    public String secretHex() {
        return Hex.encode(secretKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKeyPair that && MessageDigest.isEqual(secretKey, that.secretKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    /** Names the public key only. */
    @Override
    public String toString() {
        return "SigningKeyPair[" + publicHex() + "]";
    }
}
