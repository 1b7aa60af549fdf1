package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;

/**
 * A REST API key: {@code cm_} and 32 random bytes in unpadded URL Base64. The secret is shown once; prefix and hash are
 * stored. Prefixes may collide, so a lookup tries every row with the prefix.
 *
 * @param secret 46 characters
 */
public record ApiKey(String secret) {

    public static final int SECRET_CHARS = 46;
    public static final int PREFIX_CHARS = 11;

    private static final String MARK = "cm_";
    private static final int RANDOM_BYTES = 32;

    /** A new key. */
    public static ApiKey generate() {
        return of(RandomBytes.of(RANDOM_BYTES));
    }

    /** Whether a presented text can be a key at all. */
    public static boolean isPlausible(String presented) {
        return presented.length() == SECRET_CHARS && presented.startsWith(MARK);
    }

    /** The first {@value #PREFIX_CHARS} characters of a presented key, or all of a shorter text. */
    public static String prefix(String presented) {
        return presented.substring(0, Math.min(PREFIX_CHARS, presented.length()));
    }

    /** The stored form of a key: 64 lowercase hexadecimal digits of SHA-256 of its whole text. */
    public static String hash(String presented) {
        return Digests.sha256Hex(presented);
    }

    /** Compares a presented key with a stored hash in constant time; false for a malformed hash. */
    public static boolean matches(String presented, String storedHashHex) {
        return isPlausible(presented)
                && Hex.isKey(storedHashHex)
                && Bytes.equal(Digests.sha256(presented.getBytes(StandardCharsets.UTF_8)), Hex.decode(storedHashHex));
    }

    /** The storable prefix of this key. */
    public String prefix() {
        return prefix(secret);
    }

    /** The storable hash of this key. */
    public String hash() {
        return hash(secret);
    }

    /** Shows the prefix only. */
    @Override
    public String toString() {
        return "ApiKey[" + prefix() + "]";
    }

    static ApiKey of(byte[] random) {
        return new ApiKey(MARK + Base64Text.encodeUrl(random));
    }
}
