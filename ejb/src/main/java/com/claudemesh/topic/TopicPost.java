package com.claudemesh.topic;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as it is kept.
 *
 * @param sequence place in the topic: 1, 2, … in the order of the commits
 * @param id the id of its message
 * @param keyEpoch which key a body of version 2 needs; null for version 1
 * @param mentions names, lower case
 */
public record TopicPost(
        String topicId,
        long sequence,
        String id,
        String senderMemberId,
        String senderMemberPublicKey,
        @Nullable String senderSessionPublicKey,
        String senderName,
        String nonce,
        String ciphertext,
        int bodyVersion,
        @Nullable Integer keyEpoch,
        @Nullable String replyToId,
        List<String> mentions,
        Instant createdAt) {

    /** As it goes over the socket. */
    public TopicHistoryResponse.Post wire() {
        return new TopicHistoryResponse.Post(
                id,
                senderSessionPublicKey == null ? senderMemberPublicKey : senderSessionPublicKey,
                nonce,
                ciphertext,
                WireTime.text(createdAt),
                senderMemberId,
                senderMemberPublicKey,
                senderName,
                topicId,
                bodyVersion,
                keyEpoch,
                replyToId,
                mentions.isEmpty() ? null : mentions,
                sequence);
    }
}
