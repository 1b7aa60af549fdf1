package com.claudemesh.topic;

/** Tells memory and live readers that topics of a mesh, or who is in them, have changed. Safe for any thread. */
final class TopicChanges {
    private final TopicDirectory topics;
    private final TopicFeed feed;

    TopicChanges(TopicDirectory topics, TopicFeed feed) {
        this.topics = topics;
        this.feed = feed;
    }

    void changed(String meshId) {
        topics.changed(meshId);
        feed.accessChanged();
    }
}
