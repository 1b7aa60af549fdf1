package com.claudemesh.cli.net;

import com.claudemesh.protocol.frame.Priority;
import java.util.Optional;
import java.util.UUID;

/**
 * A message to send.
 *
 * @param targetSpec resolved: 64 hexadecimal digits, {@code @group}, {@code *}, {@code #topicId}
 * @param clientMessageId the server takes a repetition with the same id for the same message
 */
public record OutgoingMessage(
        String targetSpec, String text, Priority priority, Optional<String> replyToId, String clientMessageId) {

    /** A new message, with an id of its own. */
    public static OutgoingMessage of(String targetSpec, String text, Priority priority, Optional<String> replyToId) {
        return new OutgoingMessage(
                targetSpec, text, priority, replyToId, UUID.randomUUID().toString());
    }
}
