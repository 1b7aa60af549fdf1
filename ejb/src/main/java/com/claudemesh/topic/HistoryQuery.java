package com.claudemesh.topic;

import org.jspecify.annotations.Nullable;

/**
 * Which posts of a topic. A cursor that names no post of the topic is no cursor.
 *
 * @param maxRows 1..200
 * @param beforeId posts before this one, newest first; the newest when absent
 * @param afterId posts after this one, oldest first; not together with {@code beforeId}
 * @param threadOf only answers to this post
 */
public record HistoryQuery(
        int maxRows,
        @Nullable String beforeId,
        @Nullable String afterId,
        @Nullable String threadOf) {

    /** The newest posts. */
    public static HistoryQuery newest(int maxRows) {
        return new HistoryQuery(maxRows, null, null, null);
    }

    /** Posts before the given one, newest first. */
    public static HistoryQuery before(@Nullable String id, int maxRows) {
        return new HistoryQuery(maxRows, id, null, null);
    }

    /** Posts after the given one, oldest first. */
    public static HistoryQuery after(String id, int maxRows) {
        return new HistoryQuery(maxRows, null, id, null);
    }
}
