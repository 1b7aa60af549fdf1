package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Hex;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The 32-byte key of a topic, sealed once for each member as a {@link Sealed} pair (encrypted key and nonce).
 *
 * <p>Two forms exist and are told apart by length: <i>prefixed</i> (sender's x25519 public key, then the box; 80 bytes),
 * the only one written here, and <i>bare</i> (48 bytes; the sender is the topic's own ephemeral key).
 */
public final class TopicKeys {

    public static final int KEY_BYTES = 32;
    public static final int BARE_BYTES = KEY_BYTES + SecretBox.TAG_BYTES;
    public static final int PREFIXED_BYTES = BoxKeyPair.KEY_BYTES + BARE_BYTES;

    private TopicKeys() {}

    /**
     * An opened copy. The sender is authenticated by the box but not authorised: compare it with {@link #isFrom} or the
     * topic's ephemeral key before trusting the key.
     *
     * @param key 32 bytes
     * @param senderPublic the x25519 key that sealed it, 32 bytes
     */
    public record Opened(byte[] key, byte[] senderPublic) {

        /** Whether the copy was sealed by this ed25519 identity. */
        public boolean isFrom(String ed25519PublicHex) {
            return Curve25519Keys.isConvertible(ed25519PublicHex)
                    && Bytes.equal(senderPublic, Curve25519Keys.publicKey(ed25519PublicHex));
        }

        /** Shows the sender only. */
        @Override
        public String toString() {
            return "Opened[sender=" + Hex.encode(senderPublic) + "]";
        }
    }

    /** A new random topic key of 32 bytes. */
    public static byte[] generate() {
        return RandomBytes.of(KEY_BYTES);
    }

    /**
     * Seals the key for a member in the prefixed form.
     *
     * @param sender the topic's ephemeral pair at creation, else the sealing member's converted identity
     * @throws BadKeyException if the key has not 32 bytes or the member's key cannot be converted
     */
    public static Sealed seal(byte[] topicKey, String memberPublicHex, BoxKeyPair sender) {
        return seal(topicKey, memberPublicHex, sender, Sealed.newNonce());
    }

    /**
     * Opens a member's copy of either form.
     *
     * @param memberSecretHex the member's ed25519 secret key, 128 hexadecimal digits
     * @param topicPublicHex the topic's {@code encrypted_key_pubkey}, only needed for bare copies
     * @return empty means "no key yet": wrong length, altered, or sealed for somebody else
     * @throws BadKeyException if the member's own secret key is malformed
     */
    public static Optional<Opened> open(Sealed copy, String memberSecretHex, @Nullable String topicPublicHex) {
        byte[] encrypted = copy.ciphertextBytes().orElse(new byte[0]);
        return switch (encrypted.length) {
            case BARE_BYTES ->
                Hex.isKey(topicPublicHex) && topicPublicHex != null
                        ? open(encrypted, Hex.decode(topicPublicHex), copy, memberSecretHex)
                        : Optional.empty();
            case PREFIXED_BYTES ->
                open(
                        Arrays.copyOfRange(encrypted, BoxKeyPair.KEY_BYTES, PREFIXED_BYTES),
                        Arrays.copyOf(encrypted, BoxKeyPair.KEY_BYTES),
                        copy,
                        memberSecretHex);
            default -> Optional.empty();
        };
    }

    static Sealed seal(byte[] topicKey, String memberPublicHex, BoxKeyPair sender, byte[] nonce) {
        if (topicKey.length != KEY_BYTES) {
            throw new BadKeyException("a topic key has 32 bytes");
        }
        byte[] secret = sender.secretKey();
        byte[] box = CryptoBox.seal(topicKey, nonce, Curve25519Keys.publicKey(memberPublicHex), secret);
        Bytes.clear(secret);
        return Sealed.of(nonce, Bytes.join(sender.publicKey(), box));
    }

    private static Optional<Opened> open(byte[] box, byte[] senderPublic, Sealed copy, String memberSecretHex) {
        byte[] secret = Curve25519Keys.secretKey(memberSecretHex);
        try {
            return copy.nonceBytes()
                    .flatMap(nonce -> CryptoBox.open(box, nonce, senderPublic, secret))
                    .map(key -> new Opened(key, senderPublic));
        } finally {
            Bytes.clear(secret);
        }
    }
}
