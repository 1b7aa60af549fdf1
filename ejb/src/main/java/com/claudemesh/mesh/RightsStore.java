package com.claudemesh.mesh;

import com.claudemesh.platform.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Profiles, roles and rights of members in PostgreSQL. Blocking; the caller owns the transaction. */
final class RightsStore {
    private RightsStore() {}

    /** An active member whose row is locked. */
    record Locked(
            String memberId,
            String displayName,
            Role role,
            boolean owner,
            @Nullable String accountId,
            @Nullable Set<Permission> granted) {

        Standing standing() {
            if (owner) {
                return Standing.OWNER;
            }
            return role == Role.ADMIN ? Standing.ADMIN : Standing.MEMBER;
        }

        Set<Permission> permissions() {
            return granted == null ? Permission.defaults(standing()) : Permission.overridden(standing(), granted);
        }
    }

    /** Changes of who administers a mesh happen one after the other. */
    static boolean lockMesh(Connection connection, String meshId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM mesh.mesh WHERE id = ? AND archived_at IS NULL FOR NO KEY UPDATE",
                        row -> true,
                        meshId)
                .isPresent();
    }

    static Optional<Locked> lock(Connection connection, String meshId, String memberId) throws SQLException {
        return Sql.first(connection, """
                SELECT m.id, m.display_name, m.role, m.account_id,
                    coalesce(m.account_id = (SELECT owner_account_id FROM mesh.mesh WHERE id = m.mesh_id), false) AS owner,
                    (SELECT granted FROM mesh.permission WHERE member_id = m.id) AS granted
                FROM mesh.member m
                WHERE m.mesh_id = ? AND m.id = ? AND m.left_at IS NULL AND m.revoked_at IS NULL FOR NO KEY UPDATE""", RightsStore::locked, meshId, memberId);
    }

    private static Locked locked(ResultSet row) throws SQLException {
        Array granted = row.getArray("granted");
        return new Locked(
                row.getString("id"),
                row.getString("display_name"),
                Role.fromWire(row.getString("role")).orElse(Role.MEMBER),
                row.getBoolean("owner"),
                row.getString("account_id"),
                granted == null ? null : permissions((String[]) granted.getArray()));
    }

    private static Set<Permission> permissions(String[] names) {
        return Stream.of(names)
                .map(Permission::fromWire)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether somebody else than the given members administers the mesh: an owner, or an administrator. */
    static boolean hasOtherAdministrator(Connection connection, String meshId, Collection<String> memberIds)
            throws SQLException {
        return Sql.first(connection, """
                        SELECT 1 FROM mesh.mesh WHERE id = ? AND owner_account_id IS NOT NULL
                        UNION ALL
                        SELECT 1 FROM mesh.member WHERE mesh_id = ? AND role = 'admin' AND left_at IS NULL
                            AND revoked_at IS NULL AND NOT id = ANY (?) LIMIT 1""", row -> true, meshId, meshId, memberIds.toArray(String[]::new))
                .isPresent();
    }

    static void saveProfile(Connection connection, String memberId, ProfileChange change) throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE mesh.member SET display_name = coalesce(?, display_name),
                    role_tag = CASE WHEN ? THEN NULL ELSE coalesce(?, role_tag) END,
                    default_groups = coalesce(?::jsonb, default_groups),
                    message_mode = coalesce(?, message_mode), role = coalesce(?, role)
                WHERE id = ?""",
                change.displayName(),
                change.clearRoleTag(),
                change.roleTag(),
                change.groups() == null ? null : new MemberProfile("", null, change.groups(), "").groupsJson(),
                change.messageMode(),
                change.role() == null ? null : change.role().wire(),
                memberId);
    }

    static void saveRights(Connection connection, String memberId, Set<Permission> granted, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.permission (member_id, granted, changed_at) VALUES (?, ?, ?)
                ON CONFLICT (member_id) DO UPDATE SET granted = excluded.granted, changed_at = excluded.changed_at""",
                memberId,
                granted.stream().map(Permission::wire).sorted().toArray(String[]::new),
                now);
    }

    /** Locks the active members of an account. */
    static List<Locked> lockOfAccount(Connection connection, String meshId, String accountId) throws SQLException {
        List<String> ids = Sql.list(connection, """
                SELECT id FROM mesh.member WHERE mesh_id = ? AND account_id = ? AND left_at IS NULL
                AND revoked_at IS NULL ORDER BY joined_at, id""", row -> row.getString(1), meshId, accountId);
        List<Locked> members = new ArrayList<>();
        for (String id : ids) {
            lock(connection, meshId, id).ifPresent(members::add);
        }
        return members;
    }

    static void leave(Connection connection, String memberId, Instant at) throws SQLException {
        Sql.update(connection, "UPDATE mesh.member SET left_at = ? WHERE id = ?", at, memberId);
    }

    static Map<String, Instant> joinTimes(Connection connection, String meshId) throws SQLException {
        Map<String, Instant> times = new HashMap<>();
        Sql.list(
                connection,
                "SELECT id, joined_at FROM mesh.member WHERE mesh_id = ?",
                row -> times.put(row.getString("id"), Sql.instant(row, "joined_at")),
                meshId);
        return times;
    }
}
