package com.claudemesh.topic;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** The door to mentions. They are written with the post that they are in. Blocking; safe for any thread but a socket thread. */
public final class Notifications {
    /** Most notices of one answer. */
    public static final int MAX_ROWS = 50;

    private final TopicAccess access;
    private final Transactions transactions;
    private final Clock clock;

    Notifications(TopicAccess access, Transactions transactions, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The caller's mentions since a time, newest first, at most {@link #MAX_ROWS}, in topics that it may see. */
    public List<MentionNotice> list(TopicCaller caller, Instant since, boolean unreadOnly) {
        String[] topicIds =
                access.allVisible(caller).stream().map(TopicView::id).toArray(String[]::new);
        return transactions.run(connection -> Sql.list(
                connection,
                """
                SELECT n.id, n.message_id, n.topic_id, t.name, n.sender_member_id, p.sender_name,
                    p.sender_member_pubkey, p.nonce, p.ciphertext, p.body_version, p.key_epoch, p.reply_to_id, n.kind,
                    n.read_at, n.created_at
                FROM mesh.notification n
                JOIN mesh.topic t ON t.id = n.topic_id
                JOIN mesh.topic_message p ON p.id = n.message_id
                WHERE n.mesh_id = ? AND n.recipient_member_id = ? AND n.created_at > ? AND n.topic_id = ANY(?)
                  AND (NOT ? OR n.read_at IS NULL)
                ORDER BY n.created_at DESC, n.id LIMIT ?""",
                Notifications::notice,
                caller.meshId(),
                caller.memberId(),
                since,
                topicIds,
                unreadOnly,
                MAX_ROWS));
    }

    private static MentionNotice notice(ResultSet row) throws SQLException {
        return new MentionNotice(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                PostStore.text(row, "nonce"),
                PostStore.text(row, "ciphertext"),
                row.getInt(10),
                PostStore.number(row, "key_epoch"),
                row.getString(12),
                row.getString(13),
                Sql.optionalInstant(row, "read_at"),
                Sql.instant(row, "created_at"));
    }

    /** Marks the caller's own ones among the given as read at this moment; others and unknown ones are ignored. */
    public Instant markRead(TopicCaller caller, Collection<String> notificationIds) {
        Instant now = now();
        transactions.execute(connection -> Sql.update(
                connection, """
                UPDATE mesh.notification SET read_at = ?
                WHERE id = ANY(?) AND mesh_id = ? AND recipient_member_id = ? AND read_at IS NULL""", now, notificationIds.toArray(String[]::new), caller.meshId(), caller.memberId()));
        return now;
    }

    /** Marks everything up to a time as read. */
    public void markAllRead(TopicCaller caller, Instant before) {
        transactions.execute(
                connection -> Sql.update(connection, """
                UPDATE mesh.notification SET read_at = ?
                WHERE mesh_id = ? AND recipient_member_id = ? AND created_at <= ? AND read_at IS NULL""", now(), caller.meshId(), caller.memberId(), before));
    }

    /** Deletes up to {@code maxRows} that are older than {@code before}; returns how many. */
    static int purge(Connection connection, Instant before, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM mesh.notification WHERE id IN (
                    SELECT id FROM mesh.notification WHERE created_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)""", before, maxRows);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
