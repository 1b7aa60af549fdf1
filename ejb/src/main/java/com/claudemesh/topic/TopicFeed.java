package com.claudemesh.topic;

/**
 * Tells live readers what is posted: from the journal for posts of this node, from one poll for all readers for those of
 * others. Safe for any thread.
 */
public final class TopicFeed {

    /** Ends with {@link #close}; a listener that was told {@code ended} need not be closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Follows a topic that the caller may see.
     *
     * @param afterSequence the first post told is the one after this place: {@link TopicService#lastSequence} for new posts
     *     only, {@link TopicService#sequenceOf} to resume
     */
    public Subscription follow(TopicCaller caller, TopicView topic, long afterSequence, TopicListener listener) {
        throw new UnsupportedOperationException();
    }
}
