package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posts of a topic, newest first; oldest first when they were asked for with {@code afterId}.
 *
 * @param topic as it was asked for
 */
public record TopicHistoryResponse(String topic, List<Post> messages) implements ServerFrame {

    /**
     * One post.
     *
     * @param senderPubkey session key if the sender had one, else its member key
     * @param bodyVersion 1 Base64 of the text, 2 encrypted with the topic's key
     * @param keyEpoch which key, for version 2
     * @param mentions names, lower case
     * @param sequence place in the topic, without gaps as it grows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Post(
            String id,
            String senderPubkey,
            String nonce,
            String ciphertext,
            String createdAt,
            String senderMemberId,
            String senderMemberPubkey,
            String senderName,
            String topicId,
            int bodyVersion,
            @Nullable Integer keyEpoch,
            @Nullable String replyToId,
            @Nullable List<String> mentions,
            long sequence) {}
}
