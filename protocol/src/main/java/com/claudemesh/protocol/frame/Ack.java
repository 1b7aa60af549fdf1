package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * Answer to a {@link Send} (and a generic receipt). For a send, {@code queued} true means that the message is on disk;
 * {@code queued} false comes with {@code error} and nothing was stored.
 *
 * @param recipient {@code offline} when nobody of the target is connected; only for clients that announce {@code
 *     receipts}
 */
@WireName("ack")
public record Ack(
        String id,
        String messageId,
        boolean queued,
        @Nullable String error,
        @Nullable String recipient) implements ServerFrame {

    public static Ack stored(@Nullable String id, String messageId, @Nullable String recipient) {
        return new Ack(id == null ? "" : id, messageId, true, null, recipient);
    }

    public static Ack refused(@Nullable String id, String error) {
        return new Ack(id == null ? "" : id, "", false, error, null);
    }

    /** The generic receipt of a request that is no send: {@code queued} false without an error. */
    public static Ack receipt(@Nullable String requestId) {
        return new Ack(requestId == null ? "" : requestId, "", false, null, null);
    }
}
