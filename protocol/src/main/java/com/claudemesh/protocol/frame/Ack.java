package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * Answer to a {@link Send} (and a generic receipt). For a send, {@code queued} true means that the message is on disk;
 * {@code queued} false comes with {@code error} and nothing was stored.
 *
 * @param recipient {@code offline} when nobody of the target is connected, {@code held} when all of it is busy; only for
 *     clients that announce {@code receipts}
 * @param retryAfterMs after how many milliseconds a refused send can succeed; absent when trying again is of no use
 */
public record Ack(
        String id,
        String messageId,
        boolean queued,
        @Nullable String error,
        @Nullable String recipient,
        @Nullable Long retryAfterMs)
        implements ServerFrame {

    public static Ack stored(@Nullable String id, String messageId, @Nullable String recipient) {
        return new Ack(id == null ? "" : id, messageId, true, null, recipient, null);
    }

    public static Ack refused(@Nullable String id, String error) {
        return new Ack(id == null ? "" : id, "", false, error, null, null);
    }

    /** Refused for now. */
    public static Ack refusedFor(@Nullable String id, String error, long retryAfterMillis) {
        return new Ack(id == null ? "" : id, "", false, error, null, retryAfterMillis);
    }

    /** The generic receipt of a request that is no send: {@code queued} false without an error. */
    public static Ack receipt(@Nullable String requestId) {
        return new Ack(requestId == null ? "" : requestId, "", false, null, null, null);
    }
}
