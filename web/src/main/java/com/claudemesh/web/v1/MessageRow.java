package com.claudemesh.web.v1;

import com.claudemesh.presence.WireTime;
import com.claudemesh.topic.TopicPost;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as the REST interface shows it, in pages and in streams.
 *
 * @param senderPubkey key of the member
 * @param replyToId null when it answers nothing
 * @param keyEpoch which topic key; only with body version 2
 * @param sequence place in the topic, without gaps
 */
public record MessageRow(
        String id,
        String senderPubkey,
        String senderName,
        String senderMemberId,
        String nonce,
        String ciphertext,
        int bodyVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer keyEpoch,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String replyToId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mentions,
        long sequence,
        String createdAt) {

    public static MessageRow of(TopicPost post) {
        return new MessageRow(
                post.id(),
                post.senderMemberPublicKey(),
                post.senderName(),
                post.senderMemberId(),
                post.nonce(),
                post.ciphertext(),
                post.bodyVersion(),
                post.keyEpoch(),
                post.replyToId(),
                post.mentions(),
                post.sequence(),
                WireTime.text(post.createdAt()));
    }
}
