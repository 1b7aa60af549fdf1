package com.claudemesh.audit;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the record of a mesh, newest first. Blocking; never on a socket thread. */
public final class AuditReader {
    private static final int TIMEOUT_SECONDS = 30;
    private static final String SENDS = "message_sent";

    private final DataSource database;

    public AuditReader(DataSource database) {
        this.database = database;
    }

    /**
     * One page of a mesh's events.
     *
     * @param skipped newest events to leave out
     * @param eventType only events of exactly this type; null for all
     */
    public AuditPage query(String meshId, int rows, long skipped, @Nullable String eventType) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return eventType == null
                    ? anyType(connection, meshId, rows, skipped)
                    : oneType(connection, meshId, rows, skipped, eventType);
        }
    }

    /** Places in the chain have no gaps, so that a late page costs no more than the first. */
    private static AuditPage anyType(Connection connection, String meshId, int rows, long skipped) throws SQLException {
        long total =
                number(connection, "SELECT coalesce(max(entries), 0) FROM mesh.audit_head WHERE mesh_id = ?", meshId);
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id, event_type, actor_member_id, actor_display_name, payload::text, prev_hash, hash, created_at
                FROM mesh.audit_log WHERE mesh_id = ? AND seq <= ? ORDER BY seq DESC LIMIT ?""")) {
            statement.setString(1, meshId);
            statement.setLong(2, total - Math.min(total, skipped));
            statement.setInt(3, rows);
            return new AuditPage(events(statement), total);
        }
    }

    /** There is an index over the types of all events but sends, which are most of a record. */
    private static AuditPage oneType(Connection connection, String meshId, int rows, long skipped, String eventType)
            throws SQLException {
        if (eventType.equals(SENDS)) {
            return sends(connection, meshId, rows, skipped);
        }
        long total = number(connection, """
                SELECT count(*) FROM mesh.audit_log
                WHERE mesh_id = ? AND event_type = ? AND event_type <> 'message_sent'""", meshId, eventType);
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id, event_type, actor_member_id, actor_display_name, payload::text, prev_hash, hash, created_at
                FROM mesh.audit_log
                WHERE mesh_id = ? AND event_type = ? AND event_type <> 'message_sent'
                ORDER BY seq DESC OFFSET ? LIMIT ?""")) {
            statement.setString(1, meshId);
            statement.setString(2, eventType);
            statement.setLong(3, skipped);
            statement.setInt(4, rows);
            return new AuditPage(events(statement), total);
        }
    }

    /** Counted by leaving out the others, found by reading the chain backwards. */
    private static AuditPage sends(Connection connection, String meshId, int rows, long skipped) throws SQLException {
        long total = number(connection, """
                SELECT coalesce((SELECT entries FROM mesh.audit_head WHERE mesh_id = ?), 0)
                    - (SELECT count(*) FROM mesh.audit_log WHERE mesh_id = ? AND event_type <> 'message_sent')""", meshId, meshId);
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id, event_type, actor_member_id, actor_display_name, payload::text, prev_hash, hash, created_at
                FROM mesh.audit_log
                WHERE mesh_id = ? AND event_type = 'message_sent'
                ORDER BY seq DESC OFFSET ? LIMIT ?""")) {
            statement.setString(1, meshId);
            statement.setLong(2, skipped);
            statement.setInt(3, rows);
            return new AuditPage(events(statement), total);
        }
    }

    private static long number(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<RecordedEvent> events(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        List<RecordedEvent> events = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                events.add(new RecordedEvent(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Json.mapper().readTree(row.getString(5)),
                        row.getString(6),
                        row.getString(7),
                        row.getTimestamp(8).toInstant()));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the payload of an audit row cannot be read", e);
        }
        return events;
    }
}
