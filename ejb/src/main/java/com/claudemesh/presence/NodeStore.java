package com.claudemesh.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Signs of life of the nodes, and the rows that no node needs any more. Beats are compared by the database's clock alone.
 * Blocking; never on a socket thread.
 */
final class NodeStore {
    private static final int ROWS_PER_DELETE = 1_000;

    private final DataSource database;
    private final String nodeName;

    NodeStore(DataSource database, String nodeName) {
        this.database = database;
        this.nodeName = nodeName;
    }

    /** This node lives. */
    void beat() throws SQLException {
        run("""
                INSERT INTO mesh.node (name, started_at, last_beat_at) VALUES (?, now(), now())
                ON CONFLICT (name) DO UPDATE SET last_beat_at = now()""", nodeName);
    }

    /** This node begins a new life. */
    void started() throws SQLException {
        run("""
                INSERT INTO mesh.node (name, started_at, last_beat_at) VALUES (?, now(), now())
                ON CONFLICT (name) DO UPDATE SET started_at = now(), last_beat_at = now()""", nodeName);
    }

    void endPresencesOfDeadNodes(long deadAfterMillis, Instant now) throws SQLException {
        Sql.inTransaction(database, connection -> AbandonedPresences.endOfDeadNodes(connection, deadAfterMillis, now));
    }

    /** Ends this node's rows that nothing was heard of since then: their end could not be written at its time. */
    void endForgotten(Instant lastHeardBefore, Instant now) throws SQLException {
        Sql.inTransaction(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    UPDATE mesh.presence SET disconnected_at = ?
                    WHERE node_name = ? AND disconnected_at IS NULL AND last_ping_at < ?
                    RETURNING mesh_id, member_id, display_name""")) {
                Sql.bind(statement, now, nodeName, lastHeardBefore);
                PresenceAudit.abandoned(connection, statement, now);
            }
        });
    }

    /** Deletes presences that ended before then, and nodes last heard of before then. */
    void deleteEnded(Instant before) throws SQLException {
        deleteAll("""
                DELETE FROM mesh.presence WHERE id IN (
                    SELECT id FROM mesh.presence WHERE disconnected_at < ? LIMIT ?)""", before);
        deleteAll(
                "DELETE FROM mesh.node WHERE name IN (SELECT name FROM mesh.node WHERE last_beat_at < ? LIMIT ?)",
                before);
    }

    /** Deletes session keys last used before then that no live connection uses. */
    void deleteSessionKeys(Instant lastUsedBefore) throws SQLException {
        deleteAll("""
                DELETE FROM mesh.session_key WHERE ctid IN (
                    SELECT k.ctid FROM mesh.session_key k
                    WHERE k.last_used_at < ? AND NOT EXISTS (
                        SELECT FROM mesh.presence p
                        WHERE p.member_id = k.member_id AND p.session_pubkey = k.session_pubkey
                          AND p.disconnected_at IS NULL)
                    LIMIT ?)""", lastUsedBefore);
    }

    private void deleteAll(String sql, Instant before) throws SQLException {
        int deleted = ROWS_PER_DELETE;
        while (deleted == ROWS_PER_DELETE) {
            deleted = run(sql, before, ROWS_PER_DELETE);
        }
    }

    private int run(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Sql.bind(statement, parameters);
            return statement.executeUpdate();
        }
    }
}
