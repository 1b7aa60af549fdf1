package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Encrypted file shares: {@code nonce(24) ‖ crypto_secretbox_easy}, with the file key sealed for each recipient. */
public final class FileCipher {

    public static final int KEY_BYTES = SecretBox.KEY_BYTES;

    /** How much longer the stored bytes are than the file. */
    public static final int OVERHEAD_BYTES = SecretBox.NONCE_BYTES + SecretBox.TAG_BYTES;

    /** The largest file that clients upload. */
    public static final long MAX_UPLOAD_BYTES = 50L * 1024 * 1024;

    /** The largest file that clients download. */
    public static final long MAX_DOWNLOAD_BYTES = 100L * 1024 * 1024;

    private FileCipher() {}

    /**
     * A file key sealed for one recipient.
     *
     * @param peerPubkey ed25519 key, 64 hexadecimal digits
     * @param sealedKey 80 bytes in padded Base64
     */
    public record RecipientKey(String peerPubkey, String sealedKey) {}

    /** A new random file key of 32 bytes. */
    public static byte[] generateKey() {
        return RandomBytes.of(KEY_BYTES);
    }

    /**
     * The bytes to store: {@link #OVERHEAD_BYTES} longer than the file.
     *
     * @throws BadKeyException if the key has not 32 bytes
     */
    public static byte[] encrypt(byte[] file, byte[] fileKey) {
        return encrypt(file, fileKey, RandomBytes.of(SecretBox.NONCE_BYTES));
    }

    /** The file, or empty if the stored bytes are too short, were altered, or belong to another key. */
    public static Optional<byte[]> decrypt(byte[] stored, byte[] fileKey) {
        if (stored.length < OVERHEAD_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(stored, SecretBox.NONCE_BYTES);
        return SecretBox.open(fileKey, nonce, Arrays.copyOfRange(stored, SecretBox.NONCE_BYTES, stored.length));
    }

    /**
     * Seals a file key for a recipient.
     *
     * @throws BadKeyException if the recipient's key is malformed or cannot be converted
     */
    public static RecipientKey sealKey(byte[] fileKey, String peerPublicHex) {
        return new RecipientKey(peerPublicHex, Base64Text.encode(SealedBox.sealToIdentity(fileKey, peerPublicHex)));
    }

    /**
     * The file key sealed for an identity, or empty if it is malformed or was sealed for somebody else.
     *
     * @throws BadKeyException if the own secret key is malformed
     */
    public static Optional<byte[]> openKey(String sealedKeyB64, String ownSecretHex) {
        byte[] sealed;
        try {
            sealed = Base64Text.decode(sealedKeyB64);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return SealedBox.openAsIdentity(sealed, ownSecretHex).filter(key -> key.length == KEY_BYTES);
    }

    /** The value of the {@code X-File-Keys} header. */
    public static String headerJson(List<RecipientKey> keys) {
        return keys.stream()
                .map(key -> "{\"peerPubkey\":" + JsonText.quote(key.peerPubkey()) + ",\"sealedKey\":"
                        + JsonText.quote(key.sealedKey()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    static byte[] encrypt(byte[] file, byte[] fileKey, byte[] nonce) {
        return Bytes.join(nonce, SecretBox.seal(fileKey, nonce, file));
    }
}
