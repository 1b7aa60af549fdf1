package com.claudemesh.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The topics that posts go to, as messaging needs them. Implemented by the component that keeps them. */
public interface Conversations {

    /**
     * A wish to post.
     *
     * @param topic id or name
     * @param mentions null to find them in a body of version 1
     */
    record Attempt(
            String meshId,
            String memberId,
            String topic,
            String ciphertext,
            @Nullable List<String> mentions,
            @Nullable Integer bodyVersion,
            @Nullable Integer keyEpoch,
            @Nullable String replyToId) {}

    /** Whether a post is taken. */
    sealed interface Admission {

        /**
         * It is.
         *
         * @param replyToId the parent, when it is in the topic
         * @param memberIds who is in the topic
         */
        record Admitted(
                Message.Post post,
                int bodyVersion,
                @Nullable String replyToId,
                Iterable<String> memberIds) implements Admission {}

        /** There is no such topic, or none that the member may see. */
        record Unknown() implements Admission {}

        /** The member only observes the topic. */
        record ReadOnly() implements Admission {}

        record Invalid(String field, String text) implements Admission {}
    }

    /**
     * Decides from memory. Only an answer to a post that is not in memory any more, and an earlier key's epoch, cost a query.
     * Not for socket threads.
     */
    Admission admit(Attempt attempt);

    /** Whether a member may know of a topic. From memory. */
    boolean maySee(String meshId, String memberId, String topicId);

    /**
     * Keeps posts in the transaction that stores them as messages, before its audit events. Called on the journal thread.
     *
     * @return what is to be done once that is committed; must not block
     */
    Runnable append(Connection connection, List<Message> posts) throws SQLException;
}
