package com.claudemesh.topic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last posts of a topic without a gap, bounded by number and size. Not safe for several threads. */
final class RecentPosts {
    private static final int MAX_POSTS = 256;
    private static final long MAX_CHARS = 1_048_576;

    private final Deque<TopicPost> posts = new ArrayDeque<>();
    private long chars;

    /** Adds the next post. */
    void add(TopicPost post) {
        posts.addLast(post);
        chars += post.ciphertext().length();
        while (posts.size() > MAX_POSTS || chars > MAX_CHARS && posts.size() > 1) {
            chars -= posts.removeFirst().ciphertext().length();
        }
    }

    void clear() {
        posts.clear();
        chars = 0;
    }

    /** Whether the post at this place is here, and with it all after it. */
    boolean reaches(long sequence) {
        return !posts.isEmpty()
                && posts.peekFirst().sequence() <= sequence
                && sequence <= posts.peekLast().sequence();
    }

    List<TopicPost> from(long sequence) {
        List<TopicPost> wanted = new ArrayList<>();
        for (TopicPost post : posts) {
            if (post.sequence() >= sequence) {
                wanted.add(post);
            }
        }
        return wanted;
    }
}
