package com.claudemesh.topic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's sealed copy of a topic's key.
 *
 * @param encryptedKey Base64 of 80 bytes: the sealer's x25519 key, then the box
 * @param nonce Base64 of 24 bytes
 * @param senderPublicKey {@code encrypted_key_pubkey} of the topic; only informational
 * @param sealedByMemberId null for the copy that the server made when the topic was created
 * @param sealedByPublicKey the sealer's ed25519 key at that time: the first 32 bytes of the copy are its x25519 form
 */
public record SealedKey(
        TopicView topic,
        int keyEpoch,
        String encryptedKey,
        String nonce,
        @Nullable String senderPublicKey,
        @Nullable String sealedByMemberId,
        @Nullable String sealedByPublicKey,
        Instant createdAt) {}
