package com.claudemesh.topic;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in several topics at once, of any number of meshes. Which topics somebody may see is the caller's to know:
 * it has them from {@link TopicService#list}. Blocking; safe for any thread.
 */
public final class TopicOverview {
    private final Transactions transactions;

    public TopicOverview(Transactions transactions) {
        this.transactions = transactions;
    }

    /** When something was posted last, by topic; silent topics are not in it. */
    public Map<String, Instant> lastPosts(Collection<String> topicIds) {
        if (topicIds.isEmpty()) {
            return Map.of();
        }
        return transactions.run(connection -> {
            Map<String, Instant> times = new HashMap<>();
            Sql.list(connection, """
                            SELECT t.id, last.created_at FROM unnest(?::text[]) AS t (id)
                            CROSS JOIN LATERAL (
                                SELECT created_at FROM mesh.topic_message
                                WHERE topic_id = t.id ORDER BY sequence DESC LIMIT 1) last""", row -> Map.entry(row.getString(1), Sql.instant(row, "created_at")), (Object)
                            topicIds.toArray(String[]::new))
                    .forEach(entry -> times.put(entry.getKey(), entry.getValue()));
            return times;
        });
    }

    /**
     * Posts of these topics since a time, newest first.
     *
     * @param exceptSenders members whose posts are left out
     * @param maxRows of all topics together
     */
    public List<TopicPost> newest(
            Collection<String> topicIds, Collection<String> exceptSenders, Instant since, int maxRows) {
        if (topicIds.isEmpty()) {
            return List.of();
        }
        return transactions.run(connection -> Sql.list(
                connection,
                """
                SELECT m.* FROM unnest(?::text[]) AS t (id)
                CROSS JOIN LATERAL (
                    SELECT topic_id, sequence, id, sender_member_id, sender_member_pubkey, sender_session_pubkey,
                        sender_name, nonce, ciphertext, body_version, key_epoch, reply_to_id, mentions, created_at
                    FROM mesh.topic_message
                    WHERE topic_id = t.id AND created_at >= ? AND sender_member_id <> ALL (?)
                    ORDER BY sequence DESC LIMIT ?) m
                ORDER BY m.created_at DESC, m.topic_id, m.sequence DESC LIMIT ?""",
                TopicOverview::post,
                topicIds.toArray(String[]::new),
                since,
                exceptSenders.toArray(String[]::new),
                maxRows,
                maxRows));
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
                new String(row.getBytes("nonce"), StandardCharsets.UTF_8),
                new String(row.getBytes("ciphertext"), StandardCharsets.UTF_8),
                row.getInt("body_version"),
                row.getObject("key_epoch", Integer.class),
                row.getString("reply_to_id"),
                Arrays.asList((String[]) row.getArray("mentions").getArray()),
                Sql.instant(row, "created_at"));
    }
}
