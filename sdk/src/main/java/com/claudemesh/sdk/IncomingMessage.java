package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.topic.TopicPost;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived.
 *
 * @param senderPublicKey the sender's session key if it has one, else its member key
 * @param createdAt when the server accepted it, ISO-8601
 * @param receivedAt when this client got it, ISO-8601
 * @param text null when it cannot be decrypted
 * @param encrypted whether the text was end-to-end encrypted
 * @param post null unless it was posted to a topic
 */
public record IncomingMessage(
        String meshId,
        String messageId,
        String senderPublicKey,
        @Nullable String senderMemberPublicKey,
        @Nullable String senderName,
        Priority priority,
        String createdAt,
        String receivedAt,
        Kind kind,
        @Nullable String target,
        @Nullable String text,
        boolean encrypted,
        @Nullable String subtype,
        @Nullable String clientMessageId,
        @Nullable String replyToId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TopicPost post) {

    /** A message that is no topic post. */
    public IncomingMessage(
            String meshId,
            String messageId,
            String senderPublicKey,
            @Nullable String senderMemberPublicKey,
            @Nullable String senderName,
            Priority priority,
            String createdAt,
            String receivedAt,
            Kind kind,
            @Nullable String target,
            @Nullable String text,
            boolean encrypted,
            @Nullable String subtype,
            @Nullable String clientMessageId,
            @Nullable String replyToId) {
        this(
                meshId,
                messageId,
                senderPublicKey,
                senderMemberPublicKey,
                senderName,
                priority,
                createdAt,
                receivedAt,
                kind,
                target,
                text,
                encrypted,
                subtype,
                clientMessageId,
                replyToId,
                null);
    }

    /** The same post, opened. */
    public IncomingMessage opened(String openedText) {
        TopicPost known = Objects.requireNonNull(post, "only posts are opened later");
        return new IncomingMessage(
                meshId,
                messageId,
                senderPublicKey,
                senderMemberPublicKey,
                senderName,
                priority,
                createdAt,
                receivedAt,
                kind,
                target,
                openedText,
                encrypted,
                subtype,
                clientMessageId,
                replyToId,
                new TopicPost(known.topicId(), known.topicName(), known.mentions(), null));
    }

    /** How the message was addressed. */
    public enum Kind {
        DIRECT,
        GROUP,
        BROADCAST,
        TOPIC,
        UNKNOWN
    }
}
