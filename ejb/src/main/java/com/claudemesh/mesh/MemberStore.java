package com.claudemesh.mesh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bans and grants in the member rows. Blocking; the caller owns the transaction. */
final class MemberStore {

    /** A member that somebody may mean. */
    record Candidate(String memberId, String publicKey, String displayName) {}

    /** Members that may connect. */
    List<Candidate> active(Connection connection, String meshId) throws SQLException {
        return candidates(connection, """
                SELECT id, peer_pubkey, display_name FROM mesh.member
                WHERE mesh_id = ? AND revoked_at IS NULL AND left_at IS NULL""", meshId);
    }

    List<Candidate> banned(Connection connection, String meshId) throws SQLException {
        return candidates(connection, """
                SELECT id, peer_pubkey, display_name FROM mesh.member
                WHERE mesh_id = ? AND revoked_at IS NOT NULL""", meshId);
    }

    private static List<Candidate> candidates(Connection connection, String sql, String meshId) throws SQLException {
        List<Candidate> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, meshId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Candidate(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return found;
    }

    boolean isActive(Connection connection, String meshId, String memberId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT 1 FROM mesh.member
                WHERE mesh_id = ? AND id = ? AND revoked_at IS NULL AND left_at IS NULL""")) {
            statement.setString(1, meshId);
            statement.setString(2, memberId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Locks the rows of two members, in the order of their ids, and says which of the two may connect. The lock is the one
     * that lets others go on referring to the members.
     */
    Set<String> lockActive(Connection connection, String meshId, String oneId, String otherId) throws SQLException {
        Set<String> active = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id, revoked_at IS NULL AND left_at IS NULL FROM mesh.member
                WHERE mesh_id = ? AND id IN (?, ?) ORDER BY id FOR NO KEY UPDATE""")) {
            statement.setString(1, meshId);
            statement.setString(2, oneId);
            statement.setString(3, otherId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(2)) {
                        active.add(row.getString(1));
                    }
                }
            }
        }
        return active;
    }

    /** Whether the member's account owns the mesh. */
    boolean isOwner(Connection connection, String meshId, String memberId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT 1 FROM mesh.member x JOIN mesh.mesh m ON m.id = x.mesh_id AND m.owner_account_id = x.account_id
                WHERE x.mesh_id = ? AND x.id = ?""")) {
            statement.setString(1, meshId);
            statement.setString(2, memberId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    void ban(Connection connection, String meshId, String memberId, Instant at) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE mesh.member SET revoked_at = ? WHERE mesh_id = ? AND id = ?")) {
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setString(2, meshId);
            statement.setString(3, memberId);
            statement.executeUpdate();
        }
    }

    /** False when the member was not banned (any more). */
    boolean unban(Connection connection, String meshId, String memberId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE mesh.member SET revoked_at = NULL WHERE mesh_id = ? AND id = ? AND revoked_at IS NOT NULL""")) {
            statement.setString(1, meshId);
            statement.setString(2, memberId);
            return statement.executeUpdate() == 1;
        }
    }

    /** Latest first. */
    List<BannedMember> bans(Connection connection, String meshId) throws SQLException {
        List<BannedMember> bans = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT display_name, peer_pubkey, revoked_at FROM mesh.member
                WHERE mesh_id = ? AND revoked_at IS NOT NULL ORDER BY revoked_at DESC, id""")) {
            statement.setString(1, meshId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    bans.add(new BannedMember(
                            row.getString(1),
                            row.getString(2),
                            row.getTimestamp(3).toInstant()));
                }
            }
        }
        return bans;
    }

    /** Locks an active member's row and reads its grants. */
    Optional<Grants> lockGrants(Connection connection, String meshId, String memberId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT peer_grants::text FROM mesh.member
                WHERE mesh_id = ? AND id = ? AND revoked_at IS NULL AND left_at IS NULL FOR NO KEY UPDATE""")) {
            statement.setString(1, meshId);
            statement.setString(2, memberId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Grants.parse(row.getString(1))) : Optional.empty();
            }
        }
    }

    void saveGrants(Connection connection, String meshId, String memberId, Grants grants) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE mesh.member SET peer_grants = ?::jsonb WHERE mesh_id = ? AND id = ?")) {
            statement.setString(1, grants.toJson());
            statement.setString(2, meshId);
            statement.setString(3, memberId);
            statement.executeUpdate();
        }
    }
}
