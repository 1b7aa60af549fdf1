package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.encoding.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Direct messages: {@code crypto_box_easy} between two ed25519 identities converted to x25519.
 *
 * <p>For many messages of one identity use {@link DirectMessageCipher}, which keeps the shared keys.
 */
public final class DirectMessage {

    private DirectMessage() {}

    /**
     * Encrypts with a fresh random nonce.
     *
     * @param recipientPublicHex 64 hexadecimal digits: the key that the message is addressed to
     * @param senderSecretHex 128 hexadecimal digits: the session key if one was announced, else the member key
     * @throws BadKeyException if a key is malformed or the recipient's cannot be converted
     */
    public static Sealed encrypt(String text, String recipientPublicHex, String senderSecretHex) {
        return seal(text, sharedKey(recipientPublicHex, senderSecretHex));
    }

    /**
     * Decrypts, or is empty if anything about the body or the sender's key is wrong. Such a message is never to be
     * shown as plain text.
     *
     * @throws BadKeyException if the recipient's own secret key is malformed
     */
    public static Optional<String> decrypt(Sealed sealed, String senderPublicHex, String recipientSecretHex) {
        byte[] secret = Curve25519Keys.secretKey(recipientSecretHex);
        try {
            return open(sealed, SharedKey.between(Curve25519Keys.publicKey(senderPublicHex), secret));
        } catch (BadKeyException unusableSenderKey) {
            return Optional.empty();
        } finally {
            Bytes.clear(secret);
        }
    }

    /** Whether a target is a peer's key (64 lowercase hexadecimal digits) and not a group, topic, tag or {@code *}. */
    public static boolean isDirectTarget(@Nullable String targetSpec) {
        return Hex.isLowerKey(targetSpec);
    }

    static SharedKey sharedKey(String theirPublicHex, String ownSecretHex) {
        byte[] secret = Curve25519Keys.secretKey(ownSecretHex);
        try {
            return SharedKey.between(Curve25519Keys.publicKey(theirPublicHex), secret);
        } finally {
            Bytes.clear(secret);
        }
    }

    static Sealed seal(String text, SharedKey key) {
        byte[] nonce = Sealed.newNonce();
        return Sealed.of(nonce, key.seal(nonce, text.getBytes(StandardCharsets.UTF_8)));
    }

    static Optional<String> open(Sealed sealed, SharedKey key) {
        return sealed.nonceBytes()
                .flatMap(nonce -> sealed.ciphertextBytes().flatMap(box -> key.open(nonce, box)))
                .flatMap(Utf8Text::decode);
    }
}
