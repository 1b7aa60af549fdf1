package com.claudemesh.topic;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The door to mentions. They are written with the post that they are in. Blocking; safe for any thread but a socket thread. */
public final class Notifications {
    /** Most notices of one answer. */
    public static final int MAX_ROWS = 50;

    /** The caller's mentions since a time, newest first, at most {@link #MAX_ROWS}, in topics that it may see. */
    public List<MentionNotice> list(TopicCaller caller, Instant since, boolean unreadOnly) {
        throw new UnsupportedOperationException();
    }

    /** Marks the caller's own ones among the given as read at this moment; others and unknown ones are ignored. */
    public Instant markRead(TopicCaller caller, Collection<String> notificationIds) {
        throw new UnsupportedOperationException();
    }

    /** Marks everything up to a time as read. */
    public void markAllRead(TopicCaller caller, Instant before) {
        throw new UnsupportedOperationException();
    }
}
