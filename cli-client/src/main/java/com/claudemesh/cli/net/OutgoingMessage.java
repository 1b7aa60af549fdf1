package com.claudemesh.cli.net;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.topic.TopicBody;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param targetSpec resolved: 64 hexadecimal digits, {@code @group}, {@code *}, {@code #topicId}
 * @param clientMessageId the server takes a repetition with the same id for the same message
 * @param body of a topic post, when it is encrypted; null for a body made of the text
 * @param mentions lower-case names of whom a topic post is to notify
 */
public record OutgoingMessage(
        String targetSpec,
        String text,
        Priority priority,
        Optional<String> replyToId,
        String clientMessageId,
        @Nullable TopicBody body,
        List<String> mentions) {

    /** A new message, with an id of its own. */
    public static OutgoingMessage of(String targetSpec, String text, Priority priority, Optional<String> replyToId) {
        return new OutgoingMessage(
                targetSpec, text, priority, replyToId, UUID.randomUUID().toString(), null, List.of());
    }
}
