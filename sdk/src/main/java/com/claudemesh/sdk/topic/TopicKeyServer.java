package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.Sealed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a server offers for a topic's keys. It stores sealed copies and can open none. Blocking; fails with an exception of
 * the transport when there is no answer or an unexpected one.
 */
public interface TopicKeyServer {

    /** A member of the mesh that is not revoked. */
    record Member(String memberId, String publicKey, String displayName) {}

    /** What is there for the asking member. */
    sealed interface Copy {
        /**
         * @param epoch generation of the key
         * @param rotationDue whether somebody left since the key was made, so that a holder should make the next one
         * @param topicPublicKey x25519 key that this generation was made with, or empty
         * @param sealedBy member key of whoever sealed the copy; empty for the server, when the topic was made
         * @param former whoever sealed it, when they were in the topic at that time and are gone since
         */
        record Found(
                Sealed copy,
                int epoch,
                boolean rotationDue,
                String topicPublicKey,
                String sealedBy,
                Optional<FormerMember> former)
                implements Copy {

            /** Nobody who is gone has sealed it. */
            public Found(Sealed copy, int epoch, boolean rotationDue, String topicPublicKey, String sealedBy) {
                this(copy, epoch, rotationDue, topicPublicKey, sealedBy, Optional.empty());
            }
        }

        record NotSealedYet() implements Copy {}

        /** The topic has no key: its posts are plain text. */
        record Unencrypted() implements Copy {}
    }

    /**
     * Somebody who was in the topic with this key.
     *
     * @param banned whether the mesh has shut them out; else they left, or use another key
     */
    record FormerMember(String publicKey, String displayName, boolean banned) {}

    /**
     * @param members topic members without a copy of the key of this generation
     * @param earlier members without a copy of an earlier one that they may have and the asking member has
     */
    record Pending(int epoch, List<Member> members, List<PendingEarlier> earlier) {}

    record PendingEarlier(Member member, int epoch) {}

    sealed interface SealAnswer {
        record Stored() implements SealAnswer {}

        /** Somebody else was faster, or the member is gone. */
        record NotNeeded(String reason) implements SealAnswer {}
    }

    sealed interface ClaimAnswer {
        record Claimed() implements ClaimAnswer {}

        /** Somebody else has made the key. */
        record TooLate() implements ClaimAnswer {}
    }

    /** @param epoch empty for the current generation */
    Copy copy(String topic, OptionalInt epoch);

    Pending pending(String topic);

    SealAnswer seal(String topic, String memberId, int epoch, Sealed copy);

    /**
     * Makes a new generation of the key the current one, if nobody else has.
     *
     * @param ownPublicKey member key of the claimer
     * @param ownCopy the key sealed by the claimer for itself
     */
    ClaimAnswer claim(String topic, String ownPublicKey, int epoch, Sealed ownCopy);

    List<Member> members();
}
