package com.claudemesh.topic;

import org.jspecify.annotations.Nullable;

/** What became of a post. */
public sealed interface PostOutcome {

    /**
     * It is on disk.
     *
     * @param messageId of the message and of the post in the history: they are the same
     * @param notifications members that were notified of a mention; 0 for a repeated post
     * @param replyToId the parent, when it is in the topic
     * @param repeated the client message id was used before: this is what came of it then
     */
    record Posted(
            String messageId,
            String topicId,
            String topicName,
            int notifications,
            int bodyVersion,
            @Nullable String replyToId,
            boolean repeated)
            implements PostOutcome {}

    /** No such topic, or none that the member may see. */
    record NotFound() implements PostOutcome {}

    /** The member only observes the topic. */
    record ReadOnly() implements PostOutcome {}

    /** The member may not send, or is none any more. */
    record Forbidden() implements PostOutcome {}

    record Invalid(String field, String text) implements PostOutcome {}

    record TooLarge(long sizeChars, long maxChars) implements PostOutcome {}

    record TooMany(long retryAfterMillis) implements PostOutcome {}

    /** The client message id was used before for something else. */
    record Conflict() implements PostOutcome {}

    /** Nothing was stored, or nobody can tell. */
    record Failed(String text) implements PostOutcome {}
}
