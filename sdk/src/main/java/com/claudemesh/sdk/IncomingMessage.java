package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived.
 *
 * @param senderPublicKey the sender's session key if it has one, else its member key
 * @param createdAt when the server accepted it, ISO-8601
 * @param receivedAt when this client got it, ISO-8601
 * @param text null when it cannot be decrypted
 * @param encrypted whether the text was end-to-end encrypted
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
        @Nullable String replyToId) {

    /** How the message was addressed. */
    public enum Kind {
        DIRECT,
        GROUP,
        BROADCAST,
        TOPIC,
        UNKNOWN
    }
}
