package com.claudemesh.presence;

import com.claudemesh.platform.ColumnArray;
import com.claudemesh.presence.PeerState.Snapshot;
import com.claudemesh.protocol.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One row per connection in PostgreSQL, whose session keys are, and what a closing connection leaves its member. Blocking;
 * never on a socket thread.
 */
public final class PresenceStore {
    private final DataSource database;
    private final String nodeName;

    public PresenceStore(DataSource database, String nodeName) {
        this.database = database;
        this.nodeName = nodeName;
    }

    /** Ends the rows of an earlier run of this node, whose connections are gone, and keeps what they leave behind. */
    public void endEarlierRun(Instant now) throws SQLException {
        Sql.inTransaction(database, connection -> AbandonedPresences.endOfNode(connection, nodeName, now));
    }

    /** The member that a session key was bound to by its last use after {@code since}; empty when unknown. */
    public Optional<String> ownerOfSessionKey(String meshId, String sessionPublicKey, Instant since)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT member_id FROM mesh.session_key
                        WHERE mesh_id = ? AND session_pubkey = ? AND last_used_at >= ?""")) {
            Sql.bind(statement, meshId, sessionPublicKey, since);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Records a connection, or that a presence came back, and, if it has one, whose session key it uses. A new one is put
     * into the audit record.
     *
     * @param restored the member had left something behind
     */
    void opened(Peer peer, boolean restored) throws SQLException {
        Sql.inTransaction(database, connection -> {
            boolean begins = upsertPresence(connection, peer);
            if (peer.identity().sessionPublicKey() != null) {
                bindSessionKey(connection, peer);
            }
            if (begins) {
                PresenceAudit.joined(connection, peer, restored, peer.lastPongAt());
            }
        });
    }

    /** True for a row that was not there. */
    private boolean upsertPresence(Connection connection, Peer peer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.presence (id, mesh_id, member_id, node_name, session_id, session_pubkey,
                    session_verified, display_name, pid, cwd, channel, remembered, groups, profile, visible, summary,
                    connected_at, last_ping_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET node_name = EXCLUDED.node_name, session_id = EXCLUDED.session_id,
                    session_pubkey = EXCLUDED.session_pubkey, session_verified = EXCLUDED.session_verified,
                    display_name = EXCLUDED.display_name, pid = EXCLUDED.pid, cwd = EXCLUDED.cwd,
                    channel = EXCLUDED.channel, last_ping_at = EXCLUDED.last_ping_at, disconnected_at = NULL,
                    swept = false
                RETURNING xmax = 0""")) {
            Snapshot labels = peer.state().snapshot();
            Sql.bind(
                    statement,
                    peer.presenceId(),
                    peer.meshId(),
                    peer.memberId(),
                    nodeName,
                    peer.client().sessionId(),
                    peer.identity().sessionPublicKey(),
                    peer.identity().sessionVerified(),
                    peer.identity().displayName(),
                    peer.client().pid(),
                    peer.client().cwd(),
                    peer.client().channel(),
                    peer.receivesMessages(),
                    Sql.json(labels.groups()),
                    Sql.json(labels.profile()),
                    labels.visible(),
                    labels.summary(),
                    peer.connectedAt(),
                    peer.lastPongAt());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private void bindSessionKey(Connection connection, Peer peer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.session_key (mesh_id, session_pubkey, member_id, verified, last_used_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mesh_id, session_pubkey) DO UPDATE
                SET member_id = EXCLUDED.member_id, verified = EXCLUDED.verified, last_used_at = EXCLUDED.last_used_at
                WHERE mesh.session_key.member_id = EXCLUDED.member_id OR EXCLUDED.verified""")) {
            Sql.bind(
                    statement,
                    peer.meshId(),
                    peer.identity().sessionPublicKey(),
                    peer.memberId(),
                    peer.identity().sessionVerified(),
                    peer.lastPongAt());
            statement.executeUpdate();
        }
    }

    /** Ends the row of a connection that leaves nothing behind. */
    void closed(Peer peer, Instant now) throws SQLException {
        Sql.inTransaction(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE mesh.presence SET disconnected_at = ?, swept = false WHERE id = ?")) {
                Sql.bind(statement, now, peer.presenceId());
                statement.executeUpdate();
            }
            PresenceAudit.left(connection, peer, now);
        });
    }

    /** Keeps what the peer's member finds again next time; {@code ends} also ends the peer's row. */
    void save(Peer peer, Snapshot labels, Instant now, boolean ends) throws SQLException {
        Sql.inTransaction(database, connection -> {
            save(connection, peer, labels, now, ends);
            if (ends) {
                PresenceAudit.left(connection, peer, now);
            }
        });
    }

    private static void save(Connection connection, Peer peer, Snapshot labels, Instant now, boolean ends)
            throws SQLException {
        String groups = Sql.json(labels.groups());
        String profile = Sql.json(labels.profile());
        try (PreparedStatement statement = connection.prepareStatement("""
                WITH row AS (
                    UPDATE mesh.presence
                    SET disconnected_at = CASE WHEN ? THEN ?::timestamptz ELSE disconnected_at END,
                        swept = swept AND NOT ?, groups = ?::jsonb, profile = ?::jsonb, visible = ?, summary = ?,
                        gained_messages_in = 0, gained_messages_out = 0, gained_tool_calls = 0, gained_errors = 0
                    WHERE id = ?
                ), key AS (
                    UPDATE mesh.session_key SET last_used_at = ?
                    WHERE mesh_id = ? AND session_pubkey = ? AND member_id = ?
                )
                INSERT INTO mesh.peer_state AS saved (mesh_id, member_id, groups, profile, visible, last_summary,
                    last_display_name, last_seen_at, messages_in, messages_out, tool_calls, errors)
                VALUES (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?,
                    greatest(0, ?), greatest(0, ?), greatest(0, ?), greatest(0, ?))
                ON CONFLICT (mesh_id, member_id) DO UPDATE
                SET groups = EXCLUDED.groups, profile = EXCLUDED.profile, visible = EXCLUDED.visible,
                    last_summary = EXCLUDED.last_summary, last_display_name = EXCLUDED.last_display_name,
                    last_seen_at = EXCLUDED.last_seen_at,
                    messages_in = least(?, greatest(0, saved.messages_in + ?)),
                    messages_out = least(?, greatest(0, saved.messages_out + ?)),
                    tool_calls = least(?, greatest(0, saved.tool_calls + ?)),
                    errors = least(?, greatest(0, saved.errors + ?))""")) {
            Sql.bind(
                    statement,
                    ends,
                    now,
                    ends,
                    groups,
                    profile,
                    labels.visible(),
                    labels.summary(),
                    peer.presenceId(),
                    now,
                    peer.meshId(),
                    peer.identity().sessionPublicKey(),
                    peer.memberId(),
                    peer.meshId(),
                    peer.memberId(),
                    groups,
                    profile,
                    labels.visible(),
                    labels.summary(),
                    peer.identity().displayName(),
                    now,
                    labels.gain().messagesIn(),
                    labels.gain().messagesOut(),
                    labels.gain().toolCalls(),
                    labels.gain().errors(),
                    Limits.MAX_COUNT,
                    labels.gain().messagesIn(),
                    Limits.MAX_COUNT,
                    labels.gain().messagesOut(),
                    Limits.MAX_COUNT,
                    labels.gain().toolCalls(),
                    Limits.MAX_COUNT,
                    labels.gain().errors());
            statement.executeUpdate();
        }
    }

    /** Writes what live peers said about themselves into their rows. */
    void mirror(Map<Peer, Snapshot> changed) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        UPDATE mesh.presence
                        SET groups = ?::jsonb, profile = ?::jsonb, visible = ?, summary = ?, gained_messages_in = ?,
                            gained_messages_out = ?, gained_tool_calls = ?, gained_errors = ?
                        WHERE id = ? AND (disconnected_at IS NULL OR swept)""")) {
            for (Map.Entry<Peer, Snapshot> entry : changed.entrySet()) {
                Snapshot labels = entry.getValue();
                Sql.bind(
                        statement,
                        Sql.json(labels.groups()),
                        Sql.json(labels.profile()),
                        labels.visible(),
                        labels.summary(),
                        labels.gain().messagesIn(),
                        labels.gain().messagesOut(),
                        labels.gain().toolCalls(),
                        labels.gain().errors(),
                        entry.getKey().presenceId());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Writes when live peers last answered, in one statement. A row that another node ended because this one seemed dead
     * lives again; one whose connection was closed does not.
     */
    void pinged(Collection<Peer> peers) throws SQLException {
        if (peers.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        UPDATE mesh.presence AS p
                        SET last_ping_at = timestamptz 'epoch' + seen.millis * interval '1 millisecond',
                            disconnected_at = NULL, swept = false
                        FROM unnest(?, ?) AS seen (id, millis)
                        WHERE p.id = seen.id AND (p.disconnected_at IS NULL OR p.swept)""")) {
            ColumnArray.set(statement, 1, "text", peers, Peer::presenceId);
            ColumnArray.set(
                    statement, 2, "int8", peers, peer -> peer.lastPongAt().toEpochMilli());
            statement.executeUpdate();
        }
    }
}
