package com.claudemesh.web.v1.stream;

import com.claudemesh.topic.TopicFeed;
import com.claudemesh.topic.TopicListener;
import com.claudemesh.topic.TopicPost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A topic's posts, told to whoever follows: what is there at once, what comes when it comes. */
final class FakeFeed implements TopicStream.Source {
    private final List<TopicPost> posts = new ArrayList<>();
    private final List<TopicListener> listeners = new ArrayList<>();
    private int follows;

    @Override
    public TopicFeed.Subscription follow(long afterSequence, TopicListener listener) {
        follows++;
        listeners.add(listener);
        List<TopicPost> backlog =
                posts.stream().filter(post -> post.sequence() > afterSequence).toList();
        if (!backlog.isEmpty()) {
            listener.posts(backlog);
        }
        return () -> listeners.remove(listener);
    }

    void post() {
        posts.add(post(posts.size() + 1));
        TopicPost newest = posts.get(posts.size() - 1);
        List.copyOf(listeners).forEach(listener -> listener.posts(List.of(newest)));
    }

    void end() {
        List.copyOf(listeners).forEach(TopicListener::ended);
    }

    int follows() {
        return follows;
    }

    int listeners() {
        return listeners.size();
    }

    static TopicPost post(long sequence) {
        return new TopicPost(
                "topic",
                sequence,
                "post" + sequence,
                "alice",
                "ab".repeat(32),
                null,
                "alice",
                "bm9uY2U=",
                "aGVsbG8=",
                1,
                null,
                null,
                List.of(),
                Instant.EPOCH);
    }
}
