package com.claudemesh.messaging;

import com.claudemesh.protocol.frame.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what became of messages. Blocking; the caller owns the connection. */
final class ReceiptStore {

    /** A message as its status names it. */
    record Found(
            long seq,
            String id,
            String targetSpec,
            @Nullable String clientMessageId,
            Instant createdAt,
            Instant expiresAt) {}

    /** One recipient's copy. */
    record CopyRow(
            String memberId,
            String memberName,
            String memberKey,
            @Nullable String sessionKey,
            String priority,
            DeliveryState state,
            @Nullable String failure,
            @Nullable Instant sentAt,
            @Nullable Instant settledAt) {}

    /** A copy that ended without arriving. */
    record DeadRow(
            long seq,
            String messageId,
            String senderName,
            String senderKey,
            String recipientId,
            String recipientName,
            String recipientKey,
            String targetSpec,
            DeliveryState state,
            @Nullable String failure,
            Instant createdAt,
            Instant settledAt) {}

    /** Where a page of dead letters ends. */
    record DeadCursor(Instant settledAt, long seq, String memberId) {}

    /** Up to two messages of the mesh whose id starts with the text: two mean that it is ambiguous. */
    List<Found> find(Connection connection, String meshId, String idOrPrefix) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT seq, id, target_spec, client_message_id, created_at, expires_at FROM mesh.message
                WHERE mesh_id = ? AND id >= ? AND id < ? ORDER BY id LIMIT 2""")) {
            statement.setString(1, meshId);
            statement.setString(2, idOrPrefix);
            // No id character sorts after 'z'.
            statement.setString(3, idOrPrefix + "{");
            List<Found> found = new ArrayList<>(2);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Found(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getTimestamp(5).toInstant(),
                            rows.getTimestamp(6).toInstant()));
                }
            }
            return found;
        }
    }

    /** The copies of a message, undelivered ones first, up to {@code maxRows}. */
    List<CopyRow> copies(Connection connection, long seq, int maxRows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT d.member_id, m.display_name, m.peer_pubkey, d.session_pubkey, d.priority, d.state, d.failure,
                    d.sent_at, d.settled_at
                FROM (
                    SELECT member_id, session_pubkey, priority, state, failure, sent_at, settled_at
                    FROM mesh.delivery WHERE message_seq = ?
                    UNION ALL
                    SELECT copy.member_id, NULL, 'now',
                        CASE get_byte(f.states, copy.position::int - 1)
                            WHEN 0 THEN 'stored' WHEN 3 THEN 'received' ELSE 'sent' END,
                        NULL, f.changed_at,
                        CASE WHEN get_byte(f.states, copy.position::int - 1) > 1 THEN f.changed_at END
                    FROM mesh.fanout f
                    CROSS JOIN LATERAL unnest(f.member_ids) WITH ORDINALITY AS copy (member_id, position)
                    WHERE f.message_seq = ? AND get_byte(f.states, copy.position::int - 1) <> 4
                ) d JOIN mesh.member m ON m.id = d.member_id
                ORDER BY d.settled_at NULLS FIRST, d.member_id LIMIT ?""")) {
            statement.setLong(1, seq);
            statement.setLong(2, seq);
            statement.setInt(3, maxRows);
            List<CopyRow> copies = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    copies.add(new CopyRow(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            state(rows.getString(6)),
                            rows.getString(7),
                            instant(rows.getTimestamp(8)),
                            instant(rows.getTimestamp(9))));
                }
            }
            return copies;
        }
    }

    int countCopies(Connection connection, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT (SELECT count(*) FROM mesh.delivery WHERE message_seq = ?)
                    + coalesce((SELECT cardinality(member_ids) FROM mesh.fanout WHERE message_seq = ?), 0)""")) {
            statement.setLong(1, seq);
            statement.setLong(2, seq);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Dead copies of a mesh that come after the cursor, newest first. */
    List<DeadRow> dead(Connection connection, String meshId, @Nullable DeadCursor after, int maxRows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT m.seq, m.id, m.sender_name, m.sender_member_pubkey, d.member_id, r.display_name, r.peer_pubkey,
                    m.target_spec, d.state, d.failure, m.created_at, d.settled_at
                FROM mesh.delivery d
                JOIN mesh.message m ON m.seq = d.message_seq
                JOIN mesh.member r ON r.id = d.member_id
                WHERE d.state IN ('expired', 'failed') AND m.mesh_id = ?
                  AND (d.settled_at, d.message_seq, d.member_id) < (?::timestamptz, ?::bigint, ?::text)
                ORDER BY d.settled_at DESC, d.message_seq DESC, d.member_id DESC LIMIT ?""")) {
            statement.setString(1, meshId);
            statement.setString(
                    2, after == null ? "infinity" : after.settledAt().toString());
            statement.setLong(3, after == null ? Long.MAX_VALUE : after.seq());
            statement.setString(4, after == null ? "" : after.memberId());
            statement.setInt(5, maxRows);
            List<DeadRow> dead = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    dead.add(new DeadRow(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            state(row.getString(9)),
                            row.getString(10),
                            row.getTimestamp(11).toInstant(),
                            row.getTimestamp(12).toInstant()));
                }
            }
            return dead;
        }
    }

    private static DeliveryState state(String text) {
        return DeliveryState.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
