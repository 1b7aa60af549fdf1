package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Body version 2: a topic message under the topic's key ({@code crypto_secretbox_easy}).
 *
 * <p>The box proves that some holder of the key wrote it, not which one; the optional detached signature does.
 */
public final class TopicMessage {

    public static final int BODY_VERSION = 2;

    private TopicMessage() {}

    /**
     * Encrypts with a fresh random nonce.
     *
     * @throws BadKeyException if the key has not 32 bytes
     */
    public static Sealed encrypt(String text, byte[] topicKey) {
        byte[] nonce = Sealed.newNonce();
        return Sealed.of(nonce, SecretBox.seal(topicKey, nonce, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Decrypts, or is empty if the body was not made with this key, was altered, or is malformed. */
    public static Optional<String> decrypt(Sealed body, byte[] topicKey) {
        return body.nonceBytes()
                .flatMap(nonce -> body.ciphertextBytes().flatMap(box -> SecretBox.open(topicKey, nonce, box)))
                .flatMap(Utf8Text::decode);
    }

    /**
     * The sender's signature over {@code topicId|senderPubkey|nonce|ciphertext}, 128 lowercase hexadecimal digits.
     *
     * @throws BadKeyException if the secret key is malformed
     */
    public static String sign(String topicId, String senderPublicHex, Sealed body, String senderSecretHex) {
        return Signatures.sign(signedText(topicId, senderPublicHex, body), senderSecretHex);
    }

    /** Whether this sender signed this body for this topic. */
    public static boolean isSignedBy(
            String topicId, String senderPublicHex, Sealed body, @Nullable String signatureHex) {
        return !HelloText.hasSeparator(topicId)
                && Signatures.verify(signedText(topicId, senderPublicHex, body), signatureHex, senderPublicHex);
    }

    private static String signedText(String topicId, String senderPublicHex, Sealed body) {
        return String.join("|", topicId, senderPublicHex, body.nonce(), body.ciphertext());
    }
}
