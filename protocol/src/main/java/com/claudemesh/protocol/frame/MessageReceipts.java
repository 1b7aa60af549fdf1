package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of messages that a member sent, unasked, for its connections that announce {@link Capability#RECEIPTS}. Live only;
 * what is missed can be asked for with {@link MessageStatus}.
 */
public record MessageReceipts(List<Receipt> receipts) implements ServerFrame {
    /** Most receipts of one frame. */
    public static final int MAX_RECEIPTS = 100;

    /** @param reason why, when the copy failed */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Receipt(
            String messageId,
            @Nullable String clientMessageId,
            String recipientName,
            String recipientPubkey,
            DeliveryState state,
            @Nullable String reason,
            String at) {}
}
