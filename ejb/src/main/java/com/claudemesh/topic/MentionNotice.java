package com.claudemesh.topic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A mention of a member in a post that it may see. */
public record MentionNotice(
        String notificationId,
        String messageId,
        String topicId,
        String topicName,
        String senderMemberId,
        String senderName,
        String senderPublicKey,
        String nonce,
        String ciphertext,
        int bodyVersion,
        @Nullable Integer keyEpoch,
        @Nullable String replyToId,
        String kind,
        @Nullable Instant readAt,
        Instant createdAt) {}
