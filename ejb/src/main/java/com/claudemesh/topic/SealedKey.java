package com.claudemesh.topic;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A member's sealed copy of a topic's key.
 *
 * @param encryptedKey Base64 of 80 bytes: the sealer's x25519 key, then the box
 * @param nonce Base64 of 24 bytes
 * @param senderPublicKey what this generation of the key was made with: x25519 of the server's one-time pair, or ed25519 of
 *     the member that claimed it
 * @param sealedByMemberId null for the copy that the server made when the topic was created
 * @param sealedByPublicKey the sealer's ed25519 key at that time: the first 32 bytes of the copy are its x25519 form
 * @param sealedAt only somebody who was in the topic at that time, and held the key, could seal
 * @param sealer what has become of whoever sealed it; null for the server
 */
public record SealedKey(
        TopicView topic,
        int keyEpoch,
        String encryptedKey,
        String nonce,
        @Nullable String senderPublicKey,
        @Nullable String sealedByMemberId,
        @Nullable String sealedByPublicKey,
        Instant createdAt,
        Instant sealedAt,
        @Nullable Sealer sealer) {

    /**
     * Somebody who was in the topic, with the key that the copy was sealed with.
     *
     * @param displayName null when the member was deleted
     */
    public record Sealer(@Nullable String displayName, Standing standing) {}

    /** Where a member of the topic is now. */
    public enum Standing {
        /** In the topic, with the same key. */
        MEMBER,
        /** Not in the topic any more, or with another key. */
        LEFT,
        /** Banned from the mesh. */
        BANNED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
