package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Asks for copies that ended without arriving, newest first; for administrators. Answered by {@link DeadLetters}.
 *
 * @param limit 1 to {@value #MAX_LIMIT}, {@value #DEFAULT_LIMIT} when absent; out of range is clamped
 * @param cursor the {@code nextCursor} of an earlier answer
 */
public record ListDeadLetters(
        @Nullable Integer limit, @Nullable String cursor) implements ClientFrame {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public ListDeadLetters {
        limit = limit == null ? DEFAULT_LIMIT : Math.max(1, Math.min(MAX_LIMIT, limit));
        Fields.optionalText("cursor", cursor, Limits.MAX_NAME_CHARS);
    }
}
