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

    DeliveryPolicy(MeshDirectory directory) {
        this.directory = directory;
    }

    /** Why the copy fails for good; empty when it may go. */
    Optional<FailureReason> refusal(Delivery delivery) {
        Message message = delivery.message();
        Optional<MemberView> recipient =
                directory.memberById(message.meshId(), delivery.recipient().memberId());
        if (recipient.isEmpty() || recipient.get().revoked()) {
            return Optional.of(FailureReason.RECIPIENT_GONE);
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
