package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.encoding.Base64Text;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vault values: encrypted under a random key that is sealed to the member's own stable identity. */
public final class VaultCipher {

    public static final int MAX_MOUNT_PATH_CHARS = 512;
    public static final int MAX_DESCRIPTION_CHARS = 500;

    private static final Pattern KEY_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private VaultCipher() {}

    /**
     * The three fields of a stored value, each in padded Base64.
     *
     * @param sealedKey the value's key, sealed to the owner
     */
    public record Entry(String ciphertext, String nonce, String sealedKey) {}

    /**
     * Encrypts a value for its owner alone.
     *
     * @throws BadKeyException if the owner's key is malformed or cannot be converted
     */
    public static Entry encrypt(byte[] value, String ownPublicHex) {
        byte[] key = FileCipher.generateKey();
        byte[] nonce = Sealed.newNonce();
        try {
            return new Entry(
                    Base64Text.encode(SecretBox.seal(key, nonce, value)),
                    Base64Text.encode(nonce),
                    FileCipher.sealKey(key, ownPublicHex).sealedKey());
        } finally {
            Bytes.clear(key);
        }
    }

    /**
     * The value, or empty if a field is malformed, altered, or belongs to somebody else.
     *
     * @throws BadKeyException if the own secret key is malformed
     */
    public static Optional<byte[]> decrypt(Entry entry, String ownSecretHex) {
        Sealed body = new Sealed(entry.nonce(), entry.ciphertext());
        return FileCipher.openKey(entry.sealedKey(), ownSecretHex)
                .flatMap(key -> body.nonceBytes()
                        .flatMap(nonce -> body.ciphertextBytes().flatMap(box -> SecretBox.open(key, nonce, box))));
    }

    /** Whether a text may name a vault entry. */
    public static boolean isKeyName(String name) {
        return KEY_NAME.matcher(name).matches();
    }

    /** Whether a path may be mounted: not empty, at most {@value #MAX_MOUNT_PATH_CHARS} characters, no {@code ..}. */
    public static boolean isMountPath(@Nullable String path) {
        return path != null && !path.isEmpty() && path.length() <= MAX_MOUNT_PATH_CHARS && !path.contains("..");
    }

    /** How a file value is written into a deploy message's environment. */
    public static String deployFileValue(String mountPath, byte[] content) {
        return "__vault_file__:" + mountPath + ":" + Base64Text.encode(content);
    }
}
