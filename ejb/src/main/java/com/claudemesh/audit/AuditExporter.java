package com.claudemesh.audit;

import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Writes the record of a mesh as JSON Lines, oldest event first, with everything that the hash of each event is made of.
 * The last line is the head of the chain: how many events there are, and the hash of the last. One snapshot, a cursor,
 * constant memory. Blocking; never on a socket thread.
 */
public final class AuditExporter {
    private static final int ROWS_AT_ONCE = 1_000;

    private final DataSource database;

    public AuditExporter(DataSource database) {
        this.database = database;
    }

    /** Also of a mesh that is archived or deleted. */
    public void export(String meshId, OutputStream out) throws SQLException, IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                }
                events(connection, meshId, buffered);
                head(connection, meshId, buffered);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        buffered.flush();
    }

    private static void events(Connection connection, String meshId, OutputStream out)
            throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id, seq, event_type, actor_member_id, actor_display_name, payload::text AS payload, prev_hash, hash,
                    created_at
                FROM mesh.audit_log WHERE mesh_id = ? ORDER BY seq""")) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, meshId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    write(event(meshId, row), out);
                }
            }
        }
    }

    private static ObjectNode event(String meshId, ResultSet row) throws SQLException, IOException {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("id", row.getLong("id"));
        line.put("seq", row.getLong("seq"));
        line.put("meshId", meshId);
        line.put("eventType", row.getString("event_type"));
        line.put("actorMemberId", row.getString("actor_member_id"));
        line.put("actorDisplayName", row.getString("actor_display_name"));
        line.set("payload", Json.mapper().readTree(row.getString("payload")));
        line.put("createdAt", AuditEntry.timeText(row.getTimestamp("created_at").toInstant()));
        line.put("prevHash", row.getString("prev_hash"));
        line.put("hash", row.getString("hash"));
        return line;
    }

    private static void head(Connection connection, String meshId, OutputStream out) throws SQLException, IOException {
        ObjectNode head = Json.mapper().createObjectNode().put("entries", 0).put("hash", AuditEntry.GENESIS);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT entries, hash FROM mesh.audit_head WHERE mesh_id = ?")) {
            statement.setString(1, meshId);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    head.put("entries", row.getLong(1)).put("hash", row.getString(2));
                }
            }
        }
        ObjectNode line = Json.mapper().createObjectNode();
        line.set("head", head);
        write(line, out);
    }

    private static void write(ObjectNode line, OutputStream out) throws IOException {
        out.write(Json.mapper().writeValueAsString(line).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
