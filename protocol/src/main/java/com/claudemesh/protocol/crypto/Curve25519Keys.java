package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * The x25519 keys of an ed25519 identity, for everything that is boxed or sealed to or from it.
 *
 * <p>Equivalent to libsodium's {@code crypto_sign_ed25519_pk_to_curve25519} and {@code _sk_to_curve25519}.
 */
public final class Curve25519Keys {

    private Curve25519Keys() {}

    /**
     * Converts an ed25519 public key: u = (1 + y) / (1 - y).
     *
     * @return 32 bytes
     * @throws BadKeyException for a wrong length, a non-canonical or off-curve encoding, and for points of small order
     *     or outside the prime-order subgroup
     */
    public static byte[] publicKey(byte[] ed25519Public) {
        if (ed25519Public.length != SigningKeyPair.PUBLIC_KEY_BYTES) {
            throw new BadKeyException("an ed25519 public key has 32 bytes");
        }
        if (!Ed25519.validatePublicKeyFull(ed25519Public, 0)) {
            throw new BadKeyException("the ed25519 public key is no point of the prime-order subgroup");
        }
        int[] y = X25519Field.create();
        int[] numerator = X25519Field.create();
        int[] denominator = X25519Field.create();
        int[] one = X25519Field.create();
        X25519Field.one(one);
        X25519Field.decode255(ed25519Public, y);
        X25519Field.add(one, y, numerator);
        X25519Field.sub(one, y, denominator);
        X25519Field.inv(denominator, denominator);
        X25519Field.mul(numerator, denominator, numerator);
        X25519Field.normalize(numerator);
        byte[] u = new byte[X25519.POINT_SIZE];
        X25519Field.encode(numerator, u, 0);
        return u;
    }

    /**
     * Converts an ed25519 public key of 64 hexadecimal digits of either case.
     *
     * @throws BadKeyException as {@link #publicKey(byte[])}, and if the text is malformed
     */
    public static byte[] publicKey(String ed25519PublicHex) {
        if (!Hex.isKey(ed25519PublicHex)) {
            throw new BadKeyException("an ed25519 public key is written as 64 hexadecimal digits");
        }
        return publicKey(Hex.decode(ed25519PublicHex));
    }

    /**
     * Converts a 64-byte ed25519 secret key: the clamped first half of SHA-512 of its seed.
     *
     * @return 32 bytes; the caller clears them after use
     * @throws BadKeyException if the length is wrong
     */
    public static byte[] secretKey(byte[] ed25519Secret64) {
        if (ed25519Secret64.length != SigningKeyPair.SECRET_KEY_BYTES) {
            throw new BadKeyException("an ed25519 secret key has 64 bytes");
        }
        byte[] seed = Arrays.copyOf(ed25519Secret64, SigningKeyPair.SEED_BYTES);
        byte[] hash = Digests.sha512(seed);
        byte[] scalar = Arrays.copyOf(hash, X25519.SCALAR_SIZE);
        X25519.clampPrivateKey(scalar);
        Bytes.clear(seed);
        Bytes.clear(hash);
        return scalar;
    }

    /**
     * Converts a secret key of 128 hexadecimal digits.
     *
     * @throws BadKeyException if the text is malformed
     */
    public static byte[] secretKey(String ed25519SecretHex) {
        if (!Hex.isSignature(ed25519SecretHex)) {
            throw new BadKeyException("an ed25519 secret key is written as 128 hexadecimal digits");
        }
        byte[] secret = Hex.decode(ed25519SecretHex);
        try {
            return secretKey(secret);
        } finally {
            Bytes.clear(secret);
        }
    }

    /** Whether boxes and seals can be made to this key: the check to run before a key is enrolled. */
    public static boolean isConvertible(@Nullable String publicKeyHex) {
        return publicKeyHex != null
                && Hex.isKey(publicKeyHex)
                && Ed25519.validatePublicKeyFull(Hex.decode(publicKeyHex), 0);
    }
}
