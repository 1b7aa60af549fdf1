package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.crypto.TopicKeys.Opened;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import com.claudemesh.sdk.topic.TopicKeyServer.FormerMember;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether a sealed copy is a topic's key. A box proves who made it, not that they may: whoever could hand a member a key
 * of their own choosing could read what the member posts. So the maker must be a live member of the mesh; or somebody who, as
 * the server says, was in the topic when they sealed it, for what they could read then they could also pass on; or, for a
 * topic's first key, the pair that the topic was made with. Whoever is gone makes the key due for rotation: it opens old posts,
 * new ones are made with the next.
 */
public final class SealCheck {
    private static final int FIRST_EPOCH = 1;

    private SealCheck() {}

    public sealed interface Outcome {
        record Accepted(TopicKey key) implements Outcome {}

        /** It opens, but nobody who may have sealed it did. */
        record Untrusted(String reason) implements Outcome {}

        /** Sealed for another key, or altered. */
        record Unreadable() implements Outcome {}
    }

    /**
     * Opens the copy and looks for its maker.
     *
     * @param secretKey the member's own, 128 hexadecimal digits
     * @param members live members of the mesh
     */
    public static Outcome check(Copy.Found copy, String secretKey, Collection<Member> members) {
        String topicKey = copy.topicPublicKey().isEmpty() ? null : copy.topicPublicKey();
        Optional<Opened> opened = TopicKeys.open(copy.copy(), secretKey, topicKey);
        if (opened.isEmpty()) {
            return new Outcome.Unreadable();
        }
        Optional<Member> maker = members.stream()
                .filter(member -> opened.get().isFrom(member.publicKey()))
                .findFirst();
        if (maker.isPresent()) {
            Member sealer = maker.get();
            return agrees(copy, sealer.publicKey())
                    ? new Outcome.Accepted(
                            new TopicKey(copy.epoch(), opened.get().key(), sealer.publicKey(), sealer.displayName()))
                    : new Outcome.Untrusted("the server names another sealer than the one whose seal it is");
        }
        Optional<FormerMember> former = copy.former().filter(gone -> isSealOf(gone, copy, opened.get()));
        if (former.isPresent()) {
            FormerMember sealer = former.get();
            return new Outcome.Accepted(
                    new TopicKey(copy.epoch(), opened.get().key(), sealer.publicKey(), nameOf(sealer)));
        }
        return byTopic(copy, opened.get())
                ? new Outcome.Accepted(
                        new TopicKey(copy.epoch(), opened.get().key(), TopicKey.BY_SERVER, TopicKey.BY_SERVER))
                : new Outcome.Untrusted("it was sealed by nobody who is or was a member");
    }

    private static boolean agrees(Copy.Found copy, String maker) {
        return copy.sealedBy().isEmpty() || copy.sealedBy().equalsIgnoreCase(maker);
    }

    private static boolean isSealOf(FormerMember gone, Copy.Found copy, Opened opened) {
        return copy.sealedBy().equalsIgnoreCase(gone.publicKey()) && opened.isFrom(gone.publicKey());
    }

    private static String nameOf(FormerMember sealer) {
        return sealer.displayName() + (sealer.banned() ? ", banned since" : ", gone since");
    }

    private static boolean byTopic(Copy.Found copy, Opened opened) {
        return copy.epoch() == FIRST_EPOCH
                && copy.sealedBy().isEmpty()
                && Hex.encode(opened.senderPublic()).equalsIgnoreCase(copy.topicPublicKey());
    }
}
