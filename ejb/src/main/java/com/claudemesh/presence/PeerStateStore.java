package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** What earlier connections left their members. Blocking; never on a socket thread. */
final class PeerStateStore {
    private final DataSource database;

    PeerStateStore(DataSource database) {
        this.database = database;
    }

    Optional<SavedState> find(String meshId, String memberId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT groups, profile, visible, last_summary, last_seen_at,
                               messages_in, messages_out, tool_calls, errors
                        FROM mesh.peer_state WHERE mesh_id = ? AND member_id = ?""")) {
            Sql.bind(statement, meshId, memberId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    private static SavedState state(ResultSet row) throws SQLException {
        return new SavedState(
                Sql.groups(row.getString("groups")),
                Sql.profile(row.getString("profile")),
                row.getBoolean("visible"),
                row.getString("last_summary"),
                row.getTimestamp("last_seen_at").toInstant(),
                new HelloAck.RestoredStats(
                        row.getLong("messages_in"),
                        row.getLong("messages_out"),
                        row.getLong("tool_calls"),
                        row.getLong("errors")));
    }

    /** The groups of every member of the mesh that left any behind. */
    Map<String, List<GroupLabel>> savedGroups(String meshId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT member_id, groups FROM mesh.peer_state WHERE mesh_id = ? AND groups <> '[]'")) {
            Sql.bind(statement, meshId);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, List<GroupLabel>> groups = new HashMap<>();
                while (rows.next()) {
                    groups.put(rows.getString(1), Sql.groups(rows.getString(2)));
                }
                return groups;
            }
        }
    }
}
