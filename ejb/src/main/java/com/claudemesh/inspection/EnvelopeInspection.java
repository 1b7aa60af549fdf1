package com.claudemesh.inspection;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outside of recent messages: who sent what to whom and when, never what it says. */
public final class EnvelopeInspection {
    /** A mesh that was silent for longer shows nothing: messages have no index by mesh, for the sake of those who send. */
    private static final int MAX_SEARCHED = 10_000;

    private static final String RECENT = """
            SELECT m.id, m.sender_member_id, m.sender_name, m.target_spec, m.priority,
                octet_length(m.ciphertext) AS size, m.created_at,
                CASE WHEN copies.open = 0 AND (copies.arrived > 0 OR f.message_seq IS NOT NULL)
                        AND (f.message_seq IS NULL OR f.settled_at IS NOT NULL)
                    THEN greatest(copies.settled_at, f.settled_at) END AS delivered_at
            FROM (SELECT * FROM mesh.message ORDER BY seq DESC LIMIT ?) m
            LEFT JOIN LATERAL (
                SELECT count(*) FILTER (WHERE settled_at IS NULL OR state IN ('expired', 'failed')) AS open,
                    count(*) FILTER (WHERE settled_at IS NOT NULL) AS arrived, max(settled_at) AS settled_at
                FROM mesh.delivery WHERE message_seq = m.seq) copies ON true
            LEFT JOIN LATERAL (
                SELECT message_seq, settled_at FROM mesh.fanout WHERE message_seq = m.seq) f ON true
            WHERE m.mesh_id = ?""";

    private final Transactions transactions;

    public EnvelopeInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * One message.
     *
     * @param sizeBytes of the text that was sent, encrypted or not
     * @param deliveredAt when the last copy arrived; null as long as one has not, or when one never will
     */
    public record Row(
            String messageId,
            String senderMemberId,
            String senderName,
            String targetSpec,
            String priority,
            long sizeBytes,
            Instant createdAt,
            @Nullable Instant deliveredAt) {}

    /** The newest messages of a mesh, newest first. */
    public List<Row> newestOf(String meshId, int maxRows) {
        return transactions.run(connection -> Sql.list(
                connection,
                RECENT + " ORDER BY m.seq DESC LIMIT ?",
                EnvelopeInspection::row,
                MAX_SEARCHED,
                meshId,
                maxRows));
    }

    /** The newest messages of a mesh that one of the members has sent or gets, newest first. */
    public List<Row> newestConcerning(String meshId, Collection<String> memberIds, int maxRows) {
        String[] members = memberIds.toArray(String[]::new);
        return transactions.run(connection -> Sql.list(
                connection,
                RECENT + """
                \sAND (m.sender_member_id = ANY (?)
                    OR EXISTS (SELECT 1 FROM mesh.delivery WHERE message_seq = m.seq AND member_id = ANY (?))
                    OR EXISTS (SELECT 1 FROM mesh.fanout WHERE message_seq = m.seq AND member_ids && ?))
                ORDER BY m.seq DESC LIMIT ?""",
                EnvelopeInspection::row,
                MAX_SEARCHED,
                meshId,
                members,
                members,
                members,
                maxRows));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("sender_member_id"),
                row.getString("sender_name"),
                row.getString("target_spec"),
                row.getString("priority"),
                row.getLong("size"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "delivered_at"));
    }
}
