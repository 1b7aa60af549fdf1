package com.claudemesh.messaging;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.protocol.frame.Grant;
import java.util.Optional;

/**
 * Whether a stored copy may still be handed out: what was allowed when it was sent may have been withdrawn since. From
 * memory; safe for any thread.
 */
final class DeliveryPolicy {
    private final MeshDirectory directory;
    private final Conversations conversations;

    DeliveryPolicy(MeshDirectory directory, Conversations conversations) {
        this.directory = directory;
        this.conversations = conversations;
    }

    /** Why the copy fails for good; empty when it may go. */
    Optional<FailureReason> refusal(Delivery delivery) {
        Message message = delivery.message();
        Optional<MemberView> recipient =
                directory.memberById(message.meshId(), delivery.recipient().memberId());
        if (recipient.isEmpty() || recipient.get().revoked()) {
            return Optional.of(FailureReason.RECIPIENT_GONE);
        }
        Message.Post post = message.extras().post();
        if (post != null
                && !conversations.maySee(message.meshId(), delivery.recipient().memberId(), post.topicId())) {
            return Optional.of(FailureReason.BLOCKED);
        }
        Grant needed =
                switch (message.targetKind()) {
                    case BROADCAST, GROUP -> Grant.BROADCAST;
                    case DIRECT, TOPIC -> Grant.DM;
                };
        boolean allowed = recipient
                .get()
                .grants()
                .allows(
                        needed,
                        message.sender().memberPublicKey(),
                        message.sender().sessionPublicKey());
        return allowed ? Optional.empty() : Optional.of(FailureReason.BLOCKED);
    }
}
