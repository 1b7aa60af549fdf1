package com.claudemesh.mesh;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How members come into being, in PostgreSQL. Blocking; the caller owns the transaction. */
final class EnrolmentStore {
    private EnrolmentStore() {}

    /** A member row that is to be. */
    record NewMember(
            String id,
            String meshId,
            String publicKey,
            Role role,
            MemberProfile profile,
            @Nullable String accountId,
            boolean keyless,
            Instant joinedAt) {}

    /** What is known about a key. */
    record Known(String memberId, boolean left, boolean banned) {}

    /** Joins of a mesh happen one after the other: a second join of a key sees the first, and members can be counted. */
    static void serializeJoins(Connection connection, String meshId) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, "join:" + meshId);
    }

    /** Returns the new member's id. */
    static String insert(Connection connection, NewMember member) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.member (id, mesh_id, account_id, peer_pubkey, display_name, role, role_tag,
                    default_groups, message_mode, keyless, joined_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)""",
                member.id(),
                member.meshId(),
                member.accountId(),
                member.publicKey(),
                member.profile().displayName(),
                member.role().wire(),
                member.profile().roleTag(),
                member.profile().groupsJson(),
                member.profile().messageMode(),
                member.keyless(),
                member.joinedAt());
        return member.id();
    }

    static Optional<Known> find(Connection connection, String meshId, String publicKey) throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT id, left_at IS NOT NULL, revoked_at IS NOT NULL FROM mesh.member
                WHERE mesh_id = ? AND peer_pubkey = ? FOR NO KEY UPDATE""",
                row -> new Known(row.getString(1), row.getBoolean(2), row.getBoolean(3)),
                meshId,
                publicKey);
    }

    static long countActive(Connection connection, String meshId) throws SQLException {
        return Sql.first(connection, """
                        SELECT count(*) FROM mesh.member
                        WHERE mesh_id = ? AND left_at IS NULL AND revoked_at IS NULL""", row -> row.getLong(1), meshId).orElse(0L);
    }

    /** Puts a key into the row of an account's member that has none; returns its id. */
    static Optional<String> giveKey(Connection connection, String meshId, String accountId, String publicKey)
            throws SQLException {
        return Sql.first(connection, """
                UPDATE mesh.member SET peer_pubkey = ?, keyless = false
                WHERE mesh_id = ? AND account_id = ? AND keyless AND left_at IS NULL AND revoked_at IS NULL
                RETURNING id""", row -> row.getString(1), publicKey, meshId, accountId);
    }

    /** A member that had left is one again, with what it is given now. */
    static void rejoin(Connection connection, String memberId, Joining joining) throws SQLException {
        Sql.update(
                connection, """
                UPDATE mesh.member SET left_at = NULL, role = ?, display_name = ?, account_id = ? WHERE id = ?""", joining.role().wire(), joining.profile().displayName(), joining.accountId(), memberId);
    }

    /** The account of an active member; empty when there is no such member, or it belongs to nobody. */
    static Optional<String> accountOfActive(Connection connection, String meshId, String memberId) throws SQLException {
        return Sql.first(connection, """
                SELECT account_id FROM mesh.member
                WHERE mesh_id = ? AND id = ? AND left_at IS NULL AND revoked_at IS NULL AND account_id IS NOT NULL
                FOR NO KEY UPDATE""", row -> row.getString(1), meshId, memberId);
    }

    /** All members of the account become administrators. */
    static void promote(Connection connection, String meshId, String accountId) throws SQLException {
        Sql.update(
                connection,
                "UPDATE mesh.member SET role = 'admin' WHERE mesh_id = ? AND account_id = ?",
                meshId,
                accountId);
    }

    /** Ties an active member to an account that has proven that it holds its key. */
    static void link(Connection connection, String memberId, String accountId) throws SQLException {
        Sql.update(connection, "UPDATE mesh.member SET account_id = ? WHERE id = ?", accountId, memberId);
    }
}
