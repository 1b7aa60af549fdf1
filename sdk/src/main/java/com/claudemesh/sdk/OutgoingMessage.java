package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.topic.TopicBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param targetSpec 64 lower-case hex digits for a direct message, which is encrypted; anything else goes unencrypted
 * @param clientMessageId makes repeated sends one message; made up when null. The same id with another target, text,
 *     priority or parent is refused
 * @param replyToId the message that this one answers
 * @param mentions lower-case names, without {@code @}, of whom a topic post is to notify
 * @param body of a topic post, when it is encrypted; null for a body made of the text
 */
public record OutgoingMessage(
        String targetSpec,
        String text,
        Priority priority,
        @Nullable String clientMessageId,
        @Nullable String replyToId,
        List<String> mentions,
        @Nullable TopicBody body) {

    public OutgoingMessage {
        mentions = List.copyOf(mentions);
    }

    /** A message whose body is made of its text. */
    public OutgoingMessage(
            String targetSpec,
            String text,
            Priority priority,
            @Nullable String clientMessageId,
            @Nullable String replyToId,
            List<String> mentions) {
        this(targetSpec, text, priority, clientMessageId, replyToId, mentions, null);
    }

    /** A message that answers and mentions nobody. */
    public OutgoingMessage(String targetSpec, String text, Priority priority, @Nullable String clientMessageId) {
        this(targetSpec, text, priority, clientMessageId, null, List.of());
    }
}
