package com.claudemesh.presence;

import com.claudemesh.protocol.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends the rows of connections whose node is gone and gives their members what they would have left behind by closing: the
 * labels of the connection heard of last, the counters of all. In the caller's transaction; any number of nodes may do it at
 * once.
 */
final class AbandonedPresences {
    private static final String END_AND_KEEP = """
            WITH ended AS (
                UPDATE mesh.presence SET disconnected_at = ?, swept = true
                WHERE disconnected_at IS NULL AND %s
                RETURNING *
            ), gained AS (
                SELECT mesh_id, member_id, sum(gained_messages_in) AS messages_in,
                       sum(gained_messages_out) AS messages_out, sum(gained_tool_calls) AS tool_calls,
                       sum(gained_errors) AS errors
                FROM ended WHERE remembered GROUP BY mesh_id, member_id
            ), newest AS (
                SELECT DISTINCT ON (mesh_id, member_id) * FROM ended WHERE remembered
                ORDER BY mesh_id, member_id, last_ping_at DESC, connected_at DESC
            ), kept AS (
            INSERT INTO mesh.peer_state AS saved (mesh_id, member_id, groups, profile, visible, last_summary,
                last_display_name, last_seen_at, messages_in, messages_out, tool_calls, errors)
            SELECT mesh_id, member_id, n.groups, n.profile, n.visible, n.summary, n.display_name, n.last_ping_at,
                   least(max, greatest(0, g.messages_in)), least(max, greatest(0, g.messages_out)),
                   least(max, greatest(0, g.tool_calls)), least(max, greatest(0, g.errors))
            FROM newest n JOIN gained g USING (mesh_id, member_id), (VALUES (%d)) AS limits (max)
            ON CONFLICT (mesh_id, member_id) DO UPDATE
            SET groups = EXCLUDED.groups, profile = EXCLUDED.profile, visible = EXCLUDED.visible,
                last_summary = EXCLUDED.last_summary, last_display_name = EXCLUDED.last_display_name,
                last_seen_at = greatest(saved.last_seen_at, EXCLUDED.last_seen_at),
                messages_in = least(%2$d, saved.messages_in + EXCLUDED.messages_in),
                messages_out = least(%2$d, saved.messages_out + EXCLUDED.messages_out),
                tool_calls = least(%2$d, saved.tool_calls + EXCLUDED.tool_calls),
                errors = least(%2$d, saved.errors + EXCLUDED.errors)
            )
            SELECT mesh_id, member_id, display_name FROM ended ORDER BY connected_at""";

    private AbandonedPresences() {}

    static void endOfNode(Connection connection, String nodeName, Instant now) throws SQLException {
        end(connection, "node_name = ?", now, nodeName);
    }

    /** Ends the rows of all nodes that have not shown a sign of life for so long, and of nodes that nobody knows. */
    static void endOfDeadNodes(Connection connection, long deadAfterMillis, Instant now) throws SQLException {
        end(connection, """
                node_name NOT IN (
                    SELECT name FROM mesh.node WHERE last_beat_at >= now() - ? * interval '1 millisecond')""", now, deadAfterMillis);
    }

    private static void end(Connection connection, String condition, Instant now, @Nullable Object parameter)
            throws SQLException {
        String sql = String.format(END_AND_KEEP, condition, Limits.MAX_COUNT);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Sql.bind(statement, now, parameter);
            PresenceAudit.abandoned(connection, statement, now);
        }
    }
}
