package com.claudemesh.topic;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the key desk answers. */
public sealed interface KeyOutcome {

    /** The caller's own copy. */
    record Copy(SealedKey key) implements KeyOutcome {}

    /**
     * Members that wait for a copy of the current key, at most 50.
     *
     * @param earlier those that wait for earlier keys which the caller holds, at most 50
     */
    record Pending(TopicView topic, int keyEpoch, List<Waiting> members, List<WaitingForEarlier> earlier)
            implements KeyOutcome {}

    /** @param publicKey the member's ed25519 key, to seal for */
    record Waiting(String memberId, String publicKey, String displayName) {}

    record WaitingForEarlier(Waiting member, int keyEpoch) {}

    /** A copy for a member is kept. */
    record Sealed(TopicView topic, String memberId, int keyEpoch, Instant sealedAt) implements KeyOutcome {}

    /** The caller's key is the topic's key of that epoch. */
    record Claimed(TopicView topic, String senderPublicKey, String memberId, int keyEpoch) implements KeyOutcome {}

    /** No such topic, or none that the caller may see. */
    record NotFound() implements KeyOutcome {}

    /** The topic has no key. */
    record Unencrypted(TopicView topic) implements KeyOutcome {}

    /** Nobody has sealed that key for the caller yet. */
    record NotSealed(TopicView topic, int keyEpoch) implements KeyOutcome {}

    /** The topic has a key already, and it is not due for rotation; or somebody else was first. */
    record AlreadyEncrypted(TopicView topic, @Nullable String senderPublicKey, int keyEpoch) implements KeyOutcome {}

    /** The member that the copy is for is not in the topic. */
    record RecipientNotInTopic(TopicView topic) implements KeyOutcome {}

    /** The member has a good copy that only itself may replace. */
    record AlreadySealed(TopicView topic, String memberId, int keyEpoch) implements KeyOutcome {}

    /** The caller holds no copy of that key, or is not in the topic: it cannot seal or rotate it. */
    record NotAHolder(TopicView topic, int keyEpoch) implements KeyOutcome {}

    record Invalid(String field, String text) implements KeyOutcome {}
}
