package com.claudemesh.topic;

import org.jspecify.annotations.Nullable;

/**
 * The door to sealed topic keys. The server checks who may have whose copy and that a copy carries its sealer's key; it can
 * open none of them. Blocking; safe for any thread but a socket thread.
 */
public final class TopicKeyDesk {

    /** The caller's copy. {@link KeyOutcome.Copy}, {@code Unencrypted}, {@code NotSealed} or {@code NotFound}. */
    public KeyOutcome key(TopicCaller caller, String topic, @Nullable Integer keyEpoch) {
        throw new UnsupportedOperationException();
    }

    /** Who waits for the current key. {@link KeyOutcome.Pending}, {@code Unencrypted} or {@code NotFound}. */
    public KeyOutcome pendingSeals(TopicCaller caller, String topic) {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps a copy that the caller has sealed for a member.
     *
     * @param keyEpoch null for the current key
     */
    public KeyOutcome seal(
            TopicCaller caller,
            String topic,
            String memberId,
            String encryptedKey,
            String nonce,
            @Nullable Integer keyEpoch) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the caller's key the topic's key of an epoch: the first one, or the next one when rotation is due. One wins, the
     * others get {@link KeyOutcome.AlreadyEncrypted}.
     *
     * @param publicKey the caller's ed25519 key
     * @param keyEpoch null for 1
     */
    public KeyOutcome claim(
            TopicCaller caller,
            String topic,
            String publicKey,
            String encryptedKey,
            String nonce,
            @Nullable Integer keyEpoch) {
        throw new UnsupportedOperationException();
    }
}
