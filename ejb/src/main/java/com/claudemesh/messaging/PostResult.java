package com.claudemesh.messaging;

/** What became of a post to a topic. */
public sealed interface PostResult {

    /** It is on disk. */
    record Stored(Message message, Resolution.Reach reach) implements PostResult {}

    /** The same member used the client message id before. */
    record Repeated(Message message, String firstMessageId, boolean sameRequest) implements PostResult {}

    record NotAdmitted(Conversations.Admission refusal) implements PostResult {}

    record TooLarge(long sizeChars, long maxChars) implements PostResult {}

    /** @param text what the sender reads */
    record TooMany(String reason, String text, long retryAfterMillis) implements PostResult {}

    /** Nothing was stored, or nobody can tell. */
    record Failed(String text) implements PostResult {}
}
