package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Priority;

/** Makes incoming messages for inbox tests. */
final class Messages {
    static final String MESH = "mesh1";

    private Messages() {}

    static IncomingMessage of(String messageId) {
        return of(messageId, "text of " + messageId);
    }

    static IncomingMessage of(String messageId, String text) {
        return of(MESH, messageId, text, "sender", null);
    }

    static IncomingMessage of(String meshId, String messageId, String text, String sender, String clientMessageId) {
        return new IncomingMessage(
                meshId,
                messageId,
                "session key of " + sender,
                sender,
                "name",
                Priority.NOW,
                "2026-01-01T00:00:00.000Z",
                "2026-01-01T00:00:01.000Z",
                IncomingMessage.Kind.DIRECT,
                "me",
                text,
                true,
                null,
                clientMessageId,
                null);
    }

    static IncomingMessage sentAs(String messageId, String sender, String clientMessageId) {
        return of(MESH, messageId, "text", sender, clientMessageId);
    }
}
