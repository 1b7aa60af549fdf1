package com.claudemesh.messaging;

import com.claudemesh.protocol.frame.DeliveryState;
import org.jspecify.annotations.Nullable;

/** One step of one recipient's copy, committed, for the sender to learn of. */
record ReceiptNews(
        String meshId,
        String senderMemberId,
        String messageId,
        @Nullable String clientMessageId,
        String recipientMemberId,
        DeliveryState state,
        @Nullable String reason) {

    /** Null for marks that say nothing to the sender; multicast is asked about, not reported copy by copy. */
    static @Nullable ReceiptNews of(Mark mark) {
        DeliveryState state =
                switch (mark.kind()) {
                    case SENT, SENT_SETTLED -> DeliveryState.SENT;
                    case RECEIVED -> DeliveryState.RECEIVED;
                    case FAILED -> DeliveryState.FAILED;
                    case RELEASED, RECEIVED_BY_ID -> null;
                };
        Delivery delivery = mark.delivery();
        if (state == null
                || delivery == null
                || state != DeliveryState.FAILED
                        && delivery.message().targetKind().multicast()) {
            return null;
        }
        Message message = delivery.message();
        return new ReceiptNews(
                message.meshId(),
                message.sender().memberId(),
                message.id(),
                message.extras().clientMessageId(),
                mark.memberId(),
                state,
                mark.failure() == null ? null : mark.failure().wire());
    }
}
