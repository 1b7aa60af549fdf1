package com.claudemesh.invite;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invitations by e-mail in PostgreSQL. Blocking; the caller owns the transaction. */
final class PendingInvites {
    private PendingInvites() {}

    /** Keeps that an invitation was sent; an earlier one to the same address that was not answered ends. */
    static String replace(Connection connection, Invite invite, String email, @Nullable String accountId, Instant now)
            throws SQLException {
        Optional<String> earlier = Sql.first(connection, """
                UPDATE mesh.pending_invite SET revoked_at = ?
                WHERE mesh_id = ? AND email = ? AND accepted_at IS NULL AND revoked_at IS NULL RETURNING invite_id""", row -> row.getString(1), now, invite.meshId(), email);
        if (earlier.isPresent()) {
            InviteStore.revoke(connection, earlier.get(), now);
        }
        String id = Ids.next();
        Sql.update(connection, """
                INSERT INTO mesh.pending_invite (id, mesh_id, invite_id, email, created_by, sent_at)
                VALUES (?, ?, ?, ?, ?, ?)""", id, invite.meshId(), invite.id(), email, accountId, now);
        return id;
    }

    /** Somebody has joined by it. */
    static void accepted(Connection connection, String inviteId, Instant now) throws SQLException {
        Sql.update(connection, """
                UPDATE mesh.pending_invite SET accepted_at = ?
                WHERE invite_id = ? AND accepted_at IS NULL AND revoked_at IS NULL""", now, inviteId);
    }

    /** What waits for an answer of that address, newest first. */
    static List<IncomingInvite> incoming(Connection connection, String email, Instant now, int maxRows)
            throws SQLException {
        return Sql.list(connection, """
                SELECT p.id, p.mesh_id, m.name, m.slug, i.code, i.role, i.expires_at, p.sent_at, p.created_by,
                    (SELECT count(*) FROM mesh.member c
                     WHERE c.mesh_id = m.id AND c.left_at IS NULL AND c.revoked_at IS NULL) AS member_count
                FROM mesh.pending_invite p
                JOIN mesh.invite i ON i.id = p.invite_id AND i.revoked_at IS NULL AND i.expires_at > ?
                    AND i.used_count < i.max_uses
                JOIN mesh.mesh m ON m.id = p.mesh_id AND m.archived_at IS NULL
                WHERE p.email = ? AND p.accepted_at IS NULL AND p.revoked_at IS NULL
                ORDER BY p.sent_at DESC, p.id LIMIT ?""", PendingInvites::incoming, now, email, maxRows);
    }

    private static IncomingInvite incoming(ResultSet row) throws SQLException {
        return new IncomingInvite(
                row.getString("id"),
                row.getString("mesh_id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("code"),
                row.getString("role"),
                Sql.instant(row, "expires_at"),
                Sql.instant(row, "sent_at"),
                row.getString("created_by"),
                row.getLong("member_count"));
    }

    /** What a declined invitation was about. */
    record Declined(String meshId, String inviteId) {}

    /** Ends an invitation that waits for an answer of that address. */
    static Optional<Declined> decline(Connection connection, String email, String pendingId, Instant now)
            throws SQLException {
        return Sql.first(
                connection, """
                UPDATE mesh.pending_invite SET revoked_at = ?
                WHERE id = ? AND email = ? AND accepted_at IS NULL AND revoked_at IS NULL
                RETURNING mesh_id, invite_id""", row -> new Declined(row.getString(1), row.getString(2)), now, pendingId, email);
    }
}
