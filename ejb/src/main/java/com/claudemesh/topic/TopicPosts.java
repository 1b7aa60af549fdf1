package com.claudemesh.topic;

import java.util.concurrent.CompletionStage;

/** Posts for callers without a socket, on the same path as those of sockets. Safe for any thread; answers on another one. */
public final class TopicPosts {

    /** The answer says {@link PostOutcome.Posted} only after the post is on disk. */
    public CompletionStage<PostOutcome> post(TopicCaller caller, NewPost post) {
        throw new UnsupportedOperationException();
    }
}
