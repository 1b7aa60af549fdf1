package com.claudemesh.protocol.crypto.primitive;

import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-2 and HMAC-SHA-256 of the platform (FIPS 180-4, RFC 2104). */
public final class Digests {

    private static final String HMAC_SHA_256 = "HmacSHA256";

    private Digests() {}

    /** SHA-256 of the parts one after the other, 32 bytes. */
    public static byte[] sha256(byte[]... parts) {
        return digest("SHA-256", parts);
    }

    /** SHA-512 of the parts one after the other, 64 bytes. */
    public static byte[] sha512(byte[]... parts) {
        return digest("SHA-512", parts);
    }

    /** SHA-256 of the UTF-8 bytes of a text, as 64 lowercase hexadecimal digits. */
    public static String sha256Hex(String text) {
        return Hex.encode(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * HMAC-SHA-256 with a key of any length from 1 byte, 32 bytes.
     *
     * @throws IllegalArgumentException if the key is empty
     */
    public static byte[] hmacSha256(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC_SHA_256);
            mac.init(new SecretKeySpec(key, HMAC_SHA_256));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC_SHA_256, e);
        }
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
