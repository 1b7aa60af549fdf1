package com.claudemesh.platform;

/**
 * How much there may be of topics, posts and mentions.
 *
 * @param maxTopicsPerMesh archived ones included
 * @param retentionDays how long posts are kept where the topic does not say; 0 for ever
 * @param notificationDays how long mentions are kept
 * @param maxUnread where the count of unread posts stops
 * @param maxNotified members that one post can notify
 * @param changesPerMinute topics made, joined, left, archived and invitations, per member
 * @param readsPerMinute lists, pages of history, searches and read marks, per member
 * @param pollMillis how often posts and changes of other nodes are looked for
 */
public record TopicNumbers(
        int maxTopicsPerMesh,
        int retentionDays,
        int notificationDays,
        int maxUnread,
        int maxNotified,
        int changesPerMinute,
        int readsPerMinute,
        int pollMillis) {

    static TopicNumbers from(Settings.Reader reader) {
        return new TopicNumbers(
                reader.number("CLAUDEMESH_MAX_TOPICS_PER_MESH", 1_000, 1, 100_000),
                reader.number("CLAUDEMESH_TOPIC_RETENTION_DAYS", 0, 0, 36_500),
                reader.number("CLAUDEMESH_NOTIFICATION_RETENTION_DAYS", 90, 1, 36_500),
                reader.number("CLAUDEMESH_TOPIC_MAX_UNREAD", 1_000, 1, 100_000),
                reader.number("CLAUDEMESH_TOPIC_MAX_NOTIFIED", 32, 0, 10_000),
                reader.number("CLAUDEMESH_TOPIC_CHANGES_PER_MINUTE", 120, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_TOPIC_READS_PER_MINUTE", 600, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_TOPIC_POLL_MILLIS", 500, 50, 60_000));
    }
}
