package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.encoding.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of secrets in the server's database: AES-256-GCM (NIST SP 800-38D) under the operator's key.
 *
 * <p>Two forms: the old one is Base64 of IV(12) ‖ tag(16) ‖ ciphertext without context; the new one has the prefix
 * {@code k1:} (the key's id) before the same packing and is bound to the place it is stored in, so that a value copied
 * to another row does not open.
 */
public final class AtRestCipher {

    public static final int IV_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private static final String KEY_ID_PREFIX = "k1:";
    private static final byte[] NO_PLACE = new byte[0];

    private final SecretKey key;

    /**
     * A cipher with the operator's key.
     *
     * @param keyHex 32 bytes as 64 hexadecimal digits
     * @throws BadKeyException if the text has another shape
     */
    public AtRestCipher(String keyHex) {
        if (!Hex.isKey(keyHex)) {
            throw new BadKeyException("the at-rest key is written as 64 hexadecimal digits");
        }
        byte[] bytes = Hex.decode(keyHex);
        this.key = new SecretKeySpec(bytes, "AES");
        Bytes.clear(bytes);
    }

    /**
     * Encrypts in the new form.
     *
     * @param place where the value will be stored, for example {@code mesh.root_key|<row id>}
     */
    public String encrypt(String plaintext, String place) {
        return KEY_ID_PREFIX + pack(plaintext, RandomBytes.of(IV_BYTES), utf8(place));
    }

    /**
     * Decrypts a value of either form.
     *
     * @param place where the value is stored; of no effect for the old form
     * @return empty if anything is wrong; the caller logs that at ERROR without the value
     */
    public Optional<String> decrypt(String stored, String place) {
        return stored.startsWith(KEY_ID_PREFIX)
                ? unpack(stored.substring(KEY_ID_PREFIX.length()), utf8(place))
                : unpack(stored, NO_PLACE);
    }

    /** Encrypts in the old form, for values that other implementations read. */
    public String encryptUnbound(String plaintext) {
        return encryptUnbound(plaintext, RandomBytes.of(IV_BYTES));
    }

    /** Decrypts a value of the old form only. */
    public Optional<String> decryptUnbound(String packedB64) {
        return unpack(packedB64, NO_PLACE);
    }

    String encryptUnbound(String plaintext, byte[] iv) {
        return pack(plaintext, iv, NO_PLACE);
    }

    private String pack(String plaintext, byte[] iv, byte[] place) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, place).doFinal(utf8(plaintext));
            int length = sealed.length - TAG_BYTES;
            byte[] ciphertext = Arrays.copyOf(sealed, length);
            byte[] tag = Arrays.copyOfRange(sealed, length, sealed.length);
            return Base64Text.encode(Bytes.join(iv, tag, ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encryption failed", e);
        }
    }

    private Optional<String> unpack(String packedB64, byte[] place) {
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
        try {
            byte[] plaintext = cipher(Cipher.DECRYPT_MODE, iv, place).doFinal(Bytes.join(ciphertext, tag));
            return Utf8Text.decode(plaintext);
        } catch (AEADBadTagException rejected) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM decryption failed", e);
        }
    }

    private Cipher cipher(int mode, byte[] iv, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
