package com.claudemesh.cli.bridge;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Priority;
import org.jspecify.annotations.Nullable;

/** What a verb may ask. A record refuses what is out of bounds with an {@link InvalidFieldException}. */
public sealed interface BridgeRequest {

    /** Who is there? Answered by {@link BridgeSession}. */
    record Hello() implements BridgeRequest {}

    /** Is the connection to the server up? */
    record Ping() implements BridgeRequest {}

    /** The live peers, as the server sees them now. */
    record Peers() implements BridgeRequest {}

    /**
     * Send a message from this session.
     *
     * @param to any target that a person could type
     * @param clientMessageId makes a repetition, also one over another connection, the same message
     */
    record Send(
            String to,
            String message,
            Priority priority,
            @Nullable String replyToId,
            @Nullable String clientMessageId) implements BridgeRequest {

        public Send {
            bounded("to", to, Limits.MAX_NAME_CHARS);
            bounded("message", message, BridgeCodec.MAX_LINE_BYTES);
            optional("replyToId", replyToId);
            optional("clientMessageId", clientMessageId);
        }
    }

    /** What this session works on, for others to see. */
    record Summary(String summary) implements BridgeRequest {
        public Summary {
            if (summary.length() > Limits.MAX_TEXT_CHARS) {
                throw new InvalidFieldException("summary", "is longer than " + Limits.MAX_TEXT_CHARS + " characters");
            }
        }
    }

    private static void bounded(String field, String value, int maxChars) {
        if (value.isBlank()) {
            throw new InvalidFieldException(field, "is empty");
        }
        if (value.length() > maxChars) {
            throw new InvalidFieldException(field, "is longer than " + maxChars + " characters");
        }
    }

    private static void optional(String field, @Nullable String value) {
        if (value != null) {
            bounded(field, value, Limits.MAX_NAME_CHARS);
        }
    }
}
