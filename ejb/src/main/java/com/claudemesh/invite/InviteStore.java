package com.claudemesh.invite;

import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Invitations and their uses in PostgreSQL. Blocking; the caller owns the transaction. */
final class InviteStore {
    private static final String COLUMNS = """
            i.id, i.mesh_id, i.code, i.token_hash, i.mesh_slug, i.broker_url, i.role, i.max_uses, i.used_count,
            i.preset::text AS preset, i.capability_v2, i.created_by, i.created_at, i.expires_at, i.revoked_at""";

    private InviteStore() {}

    /** Invitations of a mesh that are made at the same moment are counted one after the other. */
    static void serialize(Connection connection, String meshId) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, "invite:" + meshId);
    }

    static long countUsable(Connection connection, String meshId, Instant now) throws SQLException {
        return Sql.first(connection, """
                        SELECT count(*) FROM mesh.invite
                        WHERE mesh_id = ? AND revoked_at IS NULL AND expires_at > ? AND used_count < max_uses""", row -> row.getLong(1), meshId, now).orElse(0L);
    }

    static void insert(Connection connection, Invite invite) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.invite (id, mesh_id, code, token_hash, mesh_slug, broker_url, role, max_uses, preset,
                    capability_v2, created_by, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)""",
                invite.id(),
                invite.meshId(),
                invite.code(),
                invite.tokenHash(),
                invite.meshSlug(),
                invite.brokerUrl(),
                invite.role().wire(),
                invite.maxUses(),
                invite.preset().toJson(),
                invite.capability(),
                invite.createdBy(),
                invite.createdAt(),
                invite.expiresAt());
    }

    /** When invitations of the mesh end, up to a moment and not long before it. */
    static Set<Instant> expiriesUpTo(Connection connection, String meshId, Instant latest) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                """
                SELECT DISTINCT expires_at FROM mesh.invite
                WHERE mesh_id = ? AND expires_at <= ? AND expires_at > ?""",
                row -> Sql.instant(row, "expires_at"),
                meshId,
                latest,
                latest.minus(Duration.ofDays(1))));
    }

    static Optional<Invite> byCode(Connection connection, String code) throws SQLException {
        return Sql.first(
                connection, "SELECT " + COLUMNS + " FROM mesh.invite i WHERE i.code = ?", InviteStore::invite, code);
    }

    static Optional<Invite> byTokenHash(Connection connection, String hash) throws SQLException {
        return Sql.first(
                connection,
                "SELECT " + COLUMNS + " FROM mesh.invite i WHERE i.token_hash = ?",
                InviteStore::invite,
                hash);
    }

    static Optional<Invite> byId(Connection connection, String id) throws SQLException {
        return Sql.first(
                connection, "SELECT " + COLUMNS + " FROM mesh.invite i WHERE i.id = ?", InviteStore::invite, id);
    }

    /** Atomic: concurrent joins can never take more uses than there are. */
    static boolean takeUse(Connection connection, String inviteId, Instant now) throws SQLException {
        return Sql.update(connection, """
                        UPDATE mesh.invite i SET used_count = used_count + 1
                        WHERE id = ? AND used_count < max_uses AND revoked_at IS NULL AND expires_at > ?
                        AND EXISTS (SELECT 1 FROM mesh.mesh m WHERE m.id = i.mesh_id AND m.archived_at IS NULL)""", inviteId, now) == 1;
    }

    static void recordUse(
            Connection connection, String inviteId, String memberId, @Nullable String claimKey, Instant now)
            throws SQLException {
        Sql.update(connection, """
                INSERT INTO mesh.invite_claim (invite_id, member_id, claimed_at, claim_key) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", inviteId, memberId, now, claimKey);
    }

    /** False when it was revoked before. */
    static boolean revoke(Connection connection, String inviteId, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE mesh.invite SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                        now,
                        inviteId)
                == 1;
    }

    /** Newest first. */
    static List<Invite> ofMesh(Connection connection, String meshId, int maxRows) throws SQLException {
        return Sql.list(
                connection,
                "SELECT " + COLUMNS
                        + " FROM mesh.invite i WHERE i.mesh_id = ? ORDER BY i.created_at DESC, i.id LIMIT ?",
                InviteStore::invite,
                meshId,
                maxRows);
    }

    /** Newest first. */
    static List<SentInvite> sentBy(Connection connection, String accountId, int maxRows) throws SQLException {
        return Sql.list(
                connection,
                "SELECT " + COLUMNS + """
                , m.name AS mesh_name, m.slug AS current_slug
                FROM mesh.invite i JOIN mesh.mesh m ON m.id = i.mesh_id AND m.archived_at IS NULL
                WHERE i.created_by = ? ORDER BY i.created_at DESC, i.id LIMIT ?""",
                row -> new SentInvite(invite(row), row.getString("mesh_name"), row.getString("current_slug")),
                accountId,
                maxRows);
    }

    /** Name of the mesh, archived or not. */
    static Optional<String> meshName(Connection connection, String meshId) throws SQLException {
        return Sql.first(connection, "SELECT name FROM mesh.mesh WHERE id = ?", row -> row.getString(1), meshId);
    }

    private static Invite invite(ResultSet row) throws SQLException {
        return new Invite(
                row.getString("id"),
                row.getString("mesh_id"),
                row.getString("code"),
                row.getString("token_hash"),
                row.getString("mesh_slug"),
                row.getString("broker_url"),
                Role.fromWire(row.getString("role")).orElse(Role.MEMBER),
                row.getInt("max_uses"),
                row.getInt("used_count"),
                InvitePreset.parse(row.getString("preset")),
                row.getString("capability_v2"),
                row.getString("created_by"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                Sql.optionalInstant(row, "revoked_at"));
    }
}
