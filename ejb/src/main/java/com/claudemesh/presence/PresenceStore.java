package com.claudemesh.presence;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Presence rows, saved peer state and session-key ownership in PostgreSQL. Blocking; never on a socket thread. */
public final class PresenceStore {
    private static final TypeReference<List<GroupLabel>> GROUPS = new TypeReference<>() {};

    private final DataSource database;
    private final String nodeName;

    public PresenceStore(DataSource database, String nodeName) {
        this.database = database;
        this.nodeName = nodeName;
    }

    /** Ends the rows of an earlier run of this node, whose connections are gone. */
    public void endEarlierRun(Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        UPDATE mesh.presence SET disconnected_at = ?
                        WHERE node_name = ? AND disconnected_at IS NULL""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setString(2, nodeName);
            statement.executeUpdate();
        }
    }

    public Optional<SavedState> savedState(String meshId, String memberId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT groups, last_summary, last_seen_at,
                               coalesce((cumulative_stats->>'messagesIn')::bigint, 0),
                               coalesce((cumulative_stats->>'messagesOut')::bigint, 0),
                               coalesce((cumulative_stats->>'toolCalls')::bigint, 0),
                               coalesce((cumulative_stats->>'errors')::bigint, 0)
                        FROM mesh.peer_state WHERE mesh_id = ? AND member_id = ?""")) {
            statement.setString(1, meshId);
            statement.setString(2, memberId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new SavedState(
                        groups(row.getString(1)),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        new HelloAck.RestoredStats(row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7))));
            }
        }
    }

    /** The member that a session key was bound to by its last use after {@code since}; empty when unknown. */
    public Optional<String> ownerOfSessionKey(String meshId, String sessionPublicKey, Instant since)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT member_id FROM mesh.session_key
                        WHERE mesh_id = ? AND session_pubkey = ? AND last_used_at >= ?""")) {
            statement.setString(1, meshId);
            statement.setString(2, sessionPublicKey);
            statement.setTimestamp(3, Timestamp.from(since));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Records a new connection and, if it has one, whose session key it uses. */
    public void opened(Peer peer) throws SQLException {
        try (Connection connection = database.getConnection()) {
            insertPresence(connection, peer);
            if (peer.identity().sessionPublicKey() != null) {
                bindSessionKey(connection, peer);
            }
        }
    }

    private void insertPresence(Connection connection, Peer peer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.presence (id, mesh_id, member_id, node_name, session_id, session_pubkey,
                    session_verified, display_name, pid, cwd, channel, groups, connected_at, last_ping_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)""")) {
            statement.setString(1, peer.presenceId());
            statement.setString(2, peer.meshId());
            statement.setString(3, peer.memberId());
            statement.setString(4, nodeName);
            statement.setString(5, peer.client().sessionId());
            statement.setString(6, peer.identity().sessionPublicKey());
            statement.setBoolean(7, peer.identity().sessionVerified());
            statement.setString(8, peer.identity().displayName());
            statement.setLong(9, peer.client().pid());
            statement.setString(10, peer.client().cwd());
            statement.setString(11, peer.client().channel());
            statement.setString(12, json(peer.groups()));
            statement.setTimestamp(13, Timestamp.from(peer.connectedAt()));
            statement.setTimestamp(14, Timestamp.from(peer.connectedAt()));
            statement.executeUpdate();
        }
    }

    private void bindSessionKey(Connection connection, Peer peer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.session_key (mesh_id, session_pubkey, member_id, verified, last_used_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mesh_id, session_pubkey) DO UPDATE
                SET member_id = EXCLUDED.member_id, verified = EXCLUDED.verified, last_used_at = EXCLUDED.last_used_at
                WHERE mesh.session_key.member_id = EXCLUDED.member_id OR EXCLUDED.verified""")) {
            statement.setString(1, peer.meshId());
            statement.setString(2, peer.identity().sessionPublicKey());
            statement.setString(3, peer.memberId());
            statement.setBoolean(4, peer.identity().sessionVerified());
            statement.setTimestamp(5, Timestamp.from(peer.connectedAt()));
            statement.executeUpdate();
        }
    }

    /** Ends a connection's row; {@code remember} also saves what its member finds again next time. */
    public void closed(Peer peer, Instant now, boolean remember) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE mesh.presence SET disconnected_at = ?, summary = ? WHERE id = ?")) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setString(2, peer.summary());
                statement.setString(3, peer.presenceId());
                statement.executeUpdate();
            }
            if (remember) {
                saveState(connection, peer, now);
            }
        }
    }

    private void saveState(Connection connection, Peer peer, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.peer_state (mesh_id, member_id, groups, last_summary, last_display_name, last_seen_at)
                VALUES (?, ?, ?::jsonb, ?, ?, ?)
                ON CONFLICT (mesh_id, member_id) DO UPDATE
                SET groups = EXCLUDED.groups, last_summary = EXCLUDED.last_summary,
                    last_display_name = EXCLUDED.last_display_name, last_seen_at = EXCLUDED.last_seen_at""")) {
            statement.setString(1, peer.meshId());
            statement.setString(2, peer.memberId());
            statement.setString(3, json(peer.groups()));
            statement.setString(4, peer.summary());
            statement.setString(5, peer.identity().displayName());
            statement.setTimestamp(6, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    private static String json(List<GroupLabel> groups) throws SQLException {
        try {
            return Json.mapper().writeValueAsString(groups);
        } catch (JsonProcessingException e) {
            throw new SQLException("groups cannot be written", e);
        }
    }

    private static List<GroupLabel> groups(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, GROUPS);
        } catch (JsonProcessingException e) {
            throw new SQLException("saved groups cannot be read", e);
        }
    }
}
