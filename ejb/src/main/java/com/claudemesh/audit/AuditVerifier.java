package com.claudemesh.audit;

import com.claudemesh.protocol.crypto.audit.AuditChain;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chain of a mesh and finds changed, missing and reordered rows. One snapshot, a cursor, constant memory.
 * Blocking; never on a socket thread.
 */
public final class AuditVerifier {
    private static final int ROWS_AT_ONCE = 1_000;

    private final DataSource database;

    public AuditVerifier(DataSource database) {
        this.database = database;
    }

    public AuditVerdict verify(String meshId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                AuditVerdict verdict = walk(connection, meshId);
                endTransaction(connection);
                return verdict;
            } catch (SQLException | RuntimeException e) {
                try {
                    endTransaction(connection);
                } catch (SQLException alsoFailed) {
                    e.addSuppressed(alsoFailed);
                }
                throw e;
            }
        }
    }

    private static AuditVerdict walk(Connection connection, String meshId) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
        Walk walk = new Walk(meshId);
        walk.rows(connection);
        walk.head(connection);
        return walk.verdict();
    }

    private static void endTransaction(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static final class Walk {
        private final String meshId;
        private final AuditChain chain = new AuditChain();
        private long entries;
        private @Nullable Long lastId;
        private @Nullable Long brokenAt;
        private boolean valid = true;

        Walk(String meshId) {
            this.meshId = meshId;
        }

        void rows(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT id, seq, event_type, actor_member_id, payload::text, prev_hash, hash, created_at
                    FROM mesh.audit_log WHERE mesh_id = ? ORDER BY seq""")) {
                statement.setFetchSize(ROWS_AT_ONCE);
                statement.setString(1, meshId);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        entries++;
                        if (valid && !fits(row)) {
                            broken(row.getLong(1));
                        }
                        lastId = row.getLong(1);
                    }
                }
            }
        }

        private boolean fits(ResultSet row) throws SQLException {
            Instant at = row.getTimestamp(8).toInstant();
            if (row.getLong(2) != entries
                    || lastId != null && row.getLong(1) <= lastId
                    || !at.equals(at.truncatedTo(ChronoUnit.MILLIS))) {
                return false;
            }
            try {
                AuditEntry entry = new AuditEntry(
                        meshId,
                        row.getString(3),
                        row.getString(4),
                        Json.mapper().readTree(row.getString(5)),
                        AuditEntry.timeText(at));
                return chain.accept(entry, row.getString(6), row.getString(7));
            } catch (JsonProcessingException e) {
                // Nothing that was appended is unreadable: the payload was replaced.
                return false;
            }
        }

        /** Rows that are missing at the end leave no trace in the rest; the head still counts them. */
        void head(Connection connection) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT entries, hash FROM mesh.audit_head WHERE mesh_id = ?")) {
                statement.setString(1, meshId);
                try (ResultSet row = statement.executeQuery()) {
                    boolean fits = row.next()
                            ? row.getLong(1) == entries && row.getString(2).equals(chain.head())
                            : entries == 0;
                    if (valid && !fits) {
                        broken(lastId);
                    }
                }
            }
        }

        private void broken(@Nullable Long at) {
            valid = false;
            brokenAt = at;
        }

        AuditVerdict verdict() {
            return new AuditVerdict(valid, entries, brokenAt);
        }
    }
}
