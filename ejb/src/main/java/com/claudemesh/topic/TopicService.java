package com.claudemesh.topic;

import com.claudemesh.protocol.frame.TopicRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door to topics: making, listing, joining, reading, archiving, searching. A topic is named by its id or its name. Blocking;
 * safe for any thread but a socket thread.
 */
public final class TopicService {

    /** Makes a topic with the caller as lead; one that exists already is joined, and keeps what it is. */
    public TopicResult<CreatedTopic> create(TopicCaller caller, NewTopic wish) {
        throw new UnsupportedOperationException();
    }

    /** The topic, if the caller may see it. From memory. */
    public Optional<TopicView> find(TopicCaller caller, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #find}, by exact name only. */
    public Optional<TopicView> findByName(TopicCaller caller, String name) {
        throw new UnsupportedOperationException();
    }

    /** What the caller may see, by name. */
    public List<TopicListing> list(TopicCaller caller) {
        throw new UnsupportedOperationException();
    }

    /** @param role null for member */
    public TopicResult<TopicView> join(TopicCaller caller, String topic, @Nullable TopicRole role) {
        throw new UnsupportedOperationException();
    }

    public TopicResult<TopicView> leave(TopicCaller caller, String topic) {
        throw new UnsupportedOperationException();
    }

    /** Who is in it, by display name. */
    public TopicResult<List<TopicMemberView>> members(TopicCaller caller, String topic) {
        throw new UnsupportedOperationException();
    }

    public TopicResult<TopicPage> history(TopicCaller caller, String topic, HistoryQuery query) {
        throw new UnsupportedOperationException();
    }

    /** The place of a post in a topic, for resuming; empty when it is not there. */
    public Optional<Long> sequenceOf(TopicView topic, String postId) {
        throw new UnsupportedOperationException();
    }

    /** The place of the last post of a topic; 0 when there is none. */
    public long lastSequence(TopicView topic) {
        throw new UnsupportedOperationException();
    }

    /** The caller has read everything up to now; it joins the topic by that if it is not in it. Answers the time. */
    public TopicResult<Instant> markRead(TopicCaller caller, String topic) {
        throw new UnsupportedOperationException();
    }

    /** Ends a topic for good; its name stays taken. For leads and administrators. */
    public TopicResult<TopicView> archive(TopicCaller caller, String topic) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts a member into the topic, or changes its role there. For leads and administrators.
     *
     * @param member id or member key
     * @param role null for member
     */
    public TopicResult<TopicView> invite(TopicCaller caller, String topic, String member, @Nullable TopicRole role) {
        throw new UnsupportedOperationException();
    }

    /** @param maxRows 1..50 */
    public TopicHits search(TopicCaller caller, String query, int maxRows) {
        throw new UnsupportedOperationException();
    }
}
