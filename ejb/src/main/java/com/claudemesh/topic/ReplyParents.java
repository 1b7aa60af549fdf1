package com.claudemesh.topic;

import com.claudemesh.platform.Transactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which topic recent posts are in, so that an answer costs a query only when its parent is old. Bounded; safe for any thread. */
final class ReplyParents {
    private static final int MAX_ENTRIES = 10_000;

    private final Transactions transactions;
    private final Map<String, String> topicsByPost = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    ReplyParents(Transactions transactions) {
        this.transactions = transactions;
    }

    void add(List<TopicPost> posts) {
        synchronized (topicsByPost) {
            posts.forEach(post -> topicsByPost.put(post.id(), post.topicId()));
        }
    }

    boolean isIn(String topicId, String postId) {
        synchronized (topicsByPost) {
            String known = topicsByPost.get(postId);
            if (known != null) {
                return known.equals(topicId);
            }
        }
        return transactions
                .run(connection -> PostStore.sequenceOf(connection, topicId, postId))
                .isPresent();
    }
}
