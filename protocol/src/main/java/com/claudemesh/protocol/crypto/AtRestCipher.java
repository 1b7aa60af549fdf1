package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.encoding.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of secrets in the server's database: AES-256-GCM (NIST SP 800-38D) under the operator's key.
 *
 * <p>Two forms: the old one is Base64 of IV(12) ‖ tag(16) ‖ ciphertext without context; the new one has the id of its key and
 * a colon before the same packing and is bound to the place it is stored in, so that a value copied to another row does not
 * open. A key's id is {@code k} and eight hexadecimal digits of a hash of it; {@code k1} stands for whichever key a value was
 * written with before keys had ids of their own.
 */
public final class AtRestCipher {

    public static final int IV_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private static final String UNNAMED_KEY = "k1";
    private static final String KEY_ID_PURPOSE = "claudemesh at-rest key id v1";
    private static final int KEY_ID_DIGITS = 8;
    private static final byte[] NO_PLACE = new byte[0];

    /** A key with its id. */
    private record NamedKey(String id, SecretKey key) {
        static NamedKey of(String keyHex) {
            if (!Hex.isKey(keyHex)) {
                throw new BadKeyException("the at-rest key is written as 64 hexadecimal digits");
            }
            byte[] bytes = Hex.decode(keyHex);
            byte[] name = Digests.hmacSha256(bytes, utf8(KEY_ID_PURPOSE));
            NamedKey named =
                    new NamedKey("k" + Hex.encode(name).substring(0, KEY_ID_DIGITS), new SecretKeySpec(bytes, "AES"));
            Bytes.clear(bytes);
            return named;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** The key that encrypts, then those that only decrypt. */
    private final List<NamedKey> keys;

    /**
     * A cipher with the operator's key.
     *
     * @param keyHex 32 bytes as 64 hexadecimal digits
     * @throws BadKeyException if the text has another shape
     */
    public AtRestCipher(String keyHex) {
        this(keyHex, List.of());
    }

    /**
     * A cipher that encrypts with one key and decrypts with that and earlier ones.
     *
     * @param earlierKeysHex keys that stored values may still be encrypted with
     * @throws BadKeyException if a text is not 64 hexadecimal digits
     */
    public AtRestCipher(String keyHex, List<String> earlierKeysHex) {
        keys = Stream.concat(Stream.of(keyHex), earlierKeysHex.stream())
                .map(NamedKey::of)
                .toList();
    }

    /** Id of the key that encrypts. */
    public String keyId() {
        return keys.get(0).id();
    }

    /** Whether a stored value was written with the key that encrypts, in the new form. */
    public boolean isCurrent(String stored) {
        return stored.startsWith(keyId() + ":");
    }

    /**
     * Encrypts in the new form.
     *
     * @param place where the value will be stored, for example {@code mesh.root_key|<row id>}
     */
    public String encrypt(String plaintext, String place) {
        return keyId() + ":" + pack(plaintext, RandomBytes.of(IV_BYTES), utf8(place));
    }

    /**
     * Decrypts a value of either form.
     *
     * @param place where the value is stored; of no effect for the old form
     * @return empty if anything is wrong; the caller logs that at ERROR without the value
     */
    public Optional<String> decrypt(String stored, String place) {
        int colon = stored.indexOf(':');
        if (colon < 0) {
            return unpack(stored, NO_PLACE, keys);
        }
        String keyId = stored.substring(0, colon);
        List<NamedKey> candidates = keyId.equals(UNNAMED_KEY)
                ? keys
                : keys.stream().filter(key -> key.id().equals(keyId)).toList();
        return unpack(stored.substring(colon + 1), utf8(place), candidates);
    }

    /** Encrypts in the old form, for values that other implementations read. */
    public String encryptUnbound(String plaintext) {
        return encryptUnbound(plaintext, RandomBytes.of(IV_BYTES));
    }

    /** Decrypts a value of the old form only. */
    public Optional<String> decryptUnbound(String packedB64) {
        return unpack(packedB64, NO_PLACE, keys);
    }

    String encryptUnbound(String plaintext, byte[] iv) {
        return pack(plaintext, iv, NO_PLACE);
    }

    private String pack(String plaintext, byte[] iv, byte[] place) {
        try {
            byte[] sealed = cipher(keys.get(0), Cipher.ENCRYPT_MODE, iv, place).doFinal(utf8(plaintext));
            int length = sealed.length - TAG_BYTES;
            byte[] ciphertext = Arrays.copyOf(sealed, length);
            byte[] tag = Arrays.copyOfRange(sealed, length, sealed.length);
            return Base64Text.encode(Bytes.join(iv, tag, ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encryption failed", e);
        }
    }

    private static Optional<String> unpack(String packedB64, byte[] place, List<NamedKey> candidates) {
        byte[] packed;
        try {
            packed = Base64Text.decode(packedB64);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        if (packed.length < IV_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] iv = Arrays.copyOf(packed, IV_BYTES);
        byte[] tag = Arrays.copyOfRange(packed, IV_BYTES, IV_BYTES + TAG_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(packed, IV_BYTES + TAG_BYTES, packed.length);
        byte[] sealed = Bytes.join(ciphertext, tag);
        return candidates.stream()
                .map(key -> open(key, iv, place, sealed))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> open(NamedKey key, byte[] iv, byte[] place, byte[] sealed) {
        try {
            return Utf8Text.decode(cipher(key, Cipher.DECRYPT_MODE, iv, place).doFinal(sealed));
        } catch (AEADBadTagException rejected) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM decryption failed", e);
        }
    }

    private static Cipher cipher(NamedKey key, int mode, byte[] iv, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
