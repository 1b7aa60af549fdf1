package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param delivered true when every recipient has it
 * @param deliveredAt ISO-8601, when the last recipient got it; null while somebody does not have it
 * @param moreRecipients how many recipients are not listed; absent when all are
 */
public record MessageStatusResult(
        String messageId,
        String targetSpec,
        boolean delivered,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String deliveredAt,

        List<Recipient> recipients,
        @Nullable String clientMessageId,
        @Nullable String createdAt,
        @Nullable String expiresAt,
        @Nullable Integer moreRecipients)
        implements ServerFrame {

    /**
     * One recipient's copy.
     *
     * @param status {@code delivered}, {@code held} (connected, not delivered) or {@code disconnected}
     * @param state the exact state
     * @param reason why it failed
     * @param at ISO-8601, when it reached the state; absent while it is stored or held
     */
    public record Recipient(
            String name,
            String pubkey,
            String status,
            DeliveryState state,
            @Nullable String reason,
            @Nullable String at) {}
}
