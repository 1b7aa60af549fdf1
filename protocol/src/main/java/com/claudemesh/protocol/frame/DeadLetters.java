package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor for the following page; absent on the last one */
public record DeadLetters(List<Letter> letters, @Nullable String nextCursor) implements ServerFrame {

    /** One copy that ended as {@code expired} or {@code failed}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Letter(
            String messageId,
            String senderName,
            String senderPubkey,
            String recipientName,
            String recipientPubkey,
            String targetSpec,
            DeliveryState state,
            @Nullable String reason,
            String createdAt,
            String endedAt) {}
}
