package com.claudemesh.topic;

import com.claudemesh.platform.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the posts of topics, and deletes old ones. Blocking; the caller owns the transaction. */
final class PostStore {
    private static final String COLUMNS = """
            SELECT p.topic_id, p.sequence, p.id, p.sender_member_id, p.sender_member_pubkey, p.sender_session_pubkey,
                p.sender_name, p.nonce, p.ciphertext, p.body_version, p.key_epoch, p.reply_to_id, p.mentions, p.created_at
            FROM mesh.topic_message p\s""";

    private PostStore() {}

    /** The place of a post; empty when the topic has no such post. */
    static Optional<Long> sequenceOf(Connection connection, String topicId, String postId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT sequence FROM mesh.topic_message WHERE id = ? AND topic_id = ?",
                row -> row.getLong(1),
                postId,
                topicId);
    }

    static long lastSequence(Connection connection, String topicId) throws SQLException {
        return lastSequences(connection, List.of(topicId)).getOrDefault(topicId, 0L);
    }

    static Map<String, Long> lastSequences(Connection connection, Collection<String> topicIds) throws SQLException {
        Map<String, Long> places = new HashMap<>();
        Sql.list(
                connection,
                "SELECT topic_id, last_sequence FROM mesh.topic_position WHERE topic_id = ANY(?)",
                row -> places.put(row.getString(1), row.getLong(2)),
                (Object) topicIds.toArray(String[]::new));
        return places;
    }

    /** Posts before a place, newest first. */
    static List<TopicPost> before(Connection connection, String topicId, long sequence, int maxRows)
            throws SQLException {
        return Sql.list(
                connection,
                COLUMNS + "WHERE p.topic_id = ? AND p.sequence < ? ORDER BY p.sequence DESC LIMIT ?",
                PostStore::post,
                topicId,
                sequence,
                maxRows);
    }

    /** Posts after a place, oldest first. */
    static List<TopicPost> after(Connection connection, String topicId, long sequence, int maxRows)
            throws SQLException {
        return Sql.list(
                connection,
                COLUMNS + "WHERE p.topic_id = ? AND p.sequence > ? ORDER BY p.sequence LIMIT ?",
                PostStore::post,
                topicId,
                sequence,
                maxRows);
    }

    /** Answers to a post before or after a place, in the order of {@link #before} or {@link #after}. */
    static List<TopicPost> answers(
            Connection connection, String topicId, String parentId, boolean newestFirst, long sequence, int maxRows)
            throws SQLException {
        String range = newestFirst ? "p.sequence < ? ORDER BY p.sequence DESC" : "p.sequence > ? ORDER BY p.sequence";
        return Sql.list(
                connection,
                COLUMNS + "WHERE p.reply_to_id = ? AND p.topic_id = ? AND " + range + " LIMIT ?",
                PostStore::post,
                parentId,
                topicId,
                sequence,
                maxRows);
    }

    /** Posts of the topics that fit a web search, newest first. */
    static List<TopicPost> search(Connection connection, Collection<String> topicIds, String query, int maxRows)
            throws SQLException {
        return Sql.list(connection, COLUMNS + """
                WHERE p.search @@ websearch_to_tsquery('simple', ?) AND p.topic_id = ANY(?)
                ORDER BY p.created_at DESC, p.topic_id, p.sequence DESC LIMIT ?""", PostStore::post, query, topicIds.toArray(String[]::new), maxRows);
    }

    /** Posts of others since the member's read marks, by topic, counted up to {@code maxCount}. */
    static Map<String, Long> unread(Connection connection, Collection<String> topicIds, String memberId, int maxCount)
            throws SQLException {
        Map<String, Long> unread = new HashMap<>();
        Sql.list(
                connection,
                """
                SELECT t.id, (SELECT count(*) FROM (
                    SELECT 1 FROM mesh.topic_message p
                    WHERE p.topic_id = t.id AND p.sequence > coalesce(x.last_read_sequence, 0)
                      AND p.sender_member_id <> ?
                    LIMIT ?) AS counted)
                FROM unnest(?) AS t (id)
                LEFT JOIN mesh.topic_member x ON x.topic_id = t.id AND x.member_id = ?""",
                row -> unread.put(row.getString(1), row.getLong(2)),
                memberId,
                maxCount,
                topicIds.toArray(String[]::new),
                memberId);
        return unread;
    }

    /**
     * Deletes up to {@code maxRows} posts that are older than their topic keeps them, with the mentions in them; returns how
     * many.
     *
     * @param defaultDays for topics that do not say; 0 for ever
     */
    static int purge(Connection connection, int defaultDays, Instant now, int maxRows) throws SQLException {
        return Sql.first(connection, """
                        WITH gone AS (
                            DELETE FROM mesh.topic_message WHERE (topic_id, sequence) IN (
                                SELECT p.topic_id, p.sequence FROM mesh.topic t
                                JOIN mesh.topic_message p ON p.topic_id = t.id
                                WHERE coalesce(t.retention_days, ?) > 0
                                  AND p.created_at < ?::timestamptz - make_interval(days => coalesce(t.retention_days, ?))
                                LIMIT ? FOR UPDATE OF p SKIP LOCKED)
                            RETURNING id),
                        notices AS (DELETE FROM mesh.notification n USING gone WHERE n.message_id = gone.id)
                        SELECT count(*) FROM gone""", row -> row.getInt(1), defaultDays, now, defaultDays, maxRows)
                .orElse(0);
    }

    private static TopicPost post(ResultSet row) throws SQLException {
        return new TopicPost(
                row.getString("topic_id"),
                row.getLong("sequence"),
                row.getString("id"),
                row.getString("sender_member_id"),
                row.getString("sender_member_pubkey"),
                row.getString("sender_session_pubkey"),
                row.getString("sender_name"),
                text(row, "nonce"),
                text(row, "ciphertext"),
                row.getInt("body_version"),
                number(row, "key_epoch"),
                row.getString("reply_to_id"),
                List.of((String[]) row.getArray("mentions").getArray()),
                Sql.instant(row, "created_at"));
    }

    static String text(ResultSet row, String column) throws SQLException {
        return new String(row.getBytes(column), StandardCharsets.UTF_8);
    }

    static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        return (Integer) row.getObject(column);
    }
}
