package com.claudemesh.mesh;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Meshes in PostgreSQL. Blocking; the caller owns the transaction. */
final class MeshStore {
    private static final String MINE = """
            m.id IN (SELECT id FROM mesh.mesh WHERE owner_account_id = ?
                UNION ALL
                SELECT mesh_id FROM mesh.member WHERE account_id = ? AND left_at IS NULL AND revoked_at IS NULL)""";

    private static final String LISTING = """
            SELECT m.id, m.name, m.slug, m.visibility, m.transport, m.tier, m.created_at, m.archived_at,
                coalesce(m.owner_account_id = ?, false) AS is_owner, mine.role, mine.joined_at,
                (SELECT count(*) FROM mesh.member c
                 WHERE c.mesh_id = m.id AND c.left_at IS NULL AND c.revoked_at IS NULL) AS member_count
            FROM mesh.mesh m
            CROSS JOIN LATERAL (
                SELECT min(role) AS role, min(joined_at) AS joined_at FROM mesh.member
                WHERE mesh_id = m.id AND account_id = ? AND left_at IS NULL AND revoked_at IS NULL) mine
            WHERE\s""" + MINE;

    private static final String FILTER = """
            \sAND (? OR m.archived_at IS NULL)
            AND (position(lower(?) IN lower(m.name)) > 0 OR position(lower(?) IN m.slug) > 0)""";

    private MeshStore() {}

    /** The keys of a mesh as they are stored. */
    record Keys(String ownerPublicKey, String ownerSecretEncrypted, String rootKeyEncrypted) {}

    /** What decides about changes; the row is locked. */
    record Locked(String name, String slug, @Nullable String ownerAccountId, boolean v1Invites, String selfEditable) {}

    /** Makes slugs that are looked for at the same moment wait for each other. */
    static void serializeSlugs(Connection connection) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(hashtextextended('mesh slugs', 0))", row -> true);
    }

    static boolean isSlugTaken(Connection connection, String slug) throws SQLException {
        return Sql.first(
                        connection, "SELECT 1 FROM mesh.mesh WHERE slug = ? AND archived_at IS NULL", row -> true, slug)
                .isPresent();
    }

    static long countOwned(Connection connection, String accountId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM mesh.mesh WHERE owner_account_id = ? AND archived_at IS NULL",
                        row -> row.getLong(1),
                        accountId)
                .orElse(0L);
    }

    static void insert(Connection connection, String id, String slug, NewMesh mesh, Keys keys, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.mesh (id, name, slug, owner_account_id, owner_pubkey, owner_secret_enc, root_key_enc,
                    v1_invites, visibility, transport, settings, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)""",
                id,
                mesh.name(),
                slug,
                mesh.ownerAccountId(),
                keys.ownerPublicKey(),
                keys.ownerSecretEncrypted(),
                keys.rootKeyEncrypted(),
                mesh.v1Invites(),
                mesh.labels().visibility(),
                mesh.labels().transport(),
                mesh.settings().toJson(),
                now);
    }

    static Optional<Keys> keys(Connection connection, String meshId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT owner_pubkey, owner_secret_enc, root_key_enc FROM mesh.mesh WHERE id = ?",
                row -> new Keys(row.getString(1), row.getString(2), row.getString(3)),
                meshId);
    }

    /** Locks a live mesh against other changes of it; members may go on coming and going. */
    static Optional<Locked> lock(Connection connection, String meshId) throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT name, slug, owner_account_id, v1_invites, self_editable::text FROM mesh.mesh
                WHERE id = ? AND archived_at IS NULL FOR NO KEY UPDATE""",
                row -> new Locked(
                        row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), row.getString(5)),
                meshId);
    }

    static void rename(Connection connection, String meshId, String name) throws SQLException {
        Sql.update(connection, "UPDATE mesh.mesh SET name = ? WHERE id = ?", name, meshId);
    }

    /** The name follows the slug: that is what command lines show. */
    static void moveTo(Connection connection, String meshId, String slug) throws SQLException {
        Sql.update(connection, "UPDATE mesh.mesh SET slug = ?, name = ? WHERE id = ?", slug, slug, meshId);
    }

    static void setPolicy(Connection connection, String meshId, String selfEditable, boolean v1Invites)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE mesh.mesh SET self_editable = ?::jsonb, v1_invites = ? WHERE id = ?",
                selfEditable,
                v1Invites,
                meshId);
    }

    static void archive(Connection connection, String meshId, Instant at) throws SQLException {
        Sql.update(connection, "UPDATE mesh.mesh SET archived_at = ? WHERE id = ?", at, meshId);
    }

    static void setOwner(Connection connection, String meshId, String accountId) throws SQLException {
        Sql.update(connection, "UPDATE mesh.mesh SET owner_account_id = ? WHERE id = ?", accountId, meshId);
    }

    /** A mesh, archived or not, as an account sees it that owns it or is a member of it. */
    static Optional<MeshListing> listing(Connection connection, String accountId, String meshId) throws SQLException {
        return Sql.first(
                connection,
                LISTING + " AND m.id = ?",
                MeshStore::listing,
                accountId,
                accountId,
                accountId,
                accountId,
                meshId);
    }

    /** Newest first. */
    static List<MeshListing> listings(Connection connection, String accountId, MeshQuery query) throws SQLException {
        return Sql.list(
                connection,
                LISTING + FILTER + " ORDER BY m.created_at DESC, m.id LIMIT ? OFFSET ?",
                MeshStore::listing,
                accountId,
                accountId,
                accountId,
                accountId,
                query.archivedToo(),
                query.text(),
                query.text(),
                query.maxRows(),
                query.skipped());
    }

    static long count(Connection connection, String accountId, MeshQuery query) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM mesh.mesh m WHERE " + MINE + FILTER,
                        row -> row.getLong(1),
                        accountId,
                        accountId,
                        query.archivedToo(),
                        query.text(),
                        query.text())
                .orElse(0L);
    }

    private static MeshListing listing(ResultSet row) throws SQLException {
        // Of the two roles the higher one comes first in the alphabet.
        String role = row.getString("role");
        return new MeshListing(
                row.getString("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("visibility"),
                row.getString("transport"),
                row.getString("tier"),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "archived_at"),
                row.getBoolean("is_owner"),
                role == null ? null : Role.fromWire(role).orElse(Role.MEMBER),
                Sql.optionalInstant(row, "joined_at"),
                row.getLong("member_count"));
    }

    /** Owner and settings of a mesh, archived or not. */
    static MeshDetails details(Connection connection, MeshListing mesh) throws SQLException {
        List<MeshDetails.Row> members = Sql.list(connection, """
                SELECT id, display_name, role, joined_at, coalesce(revoked_at, left_at) AS ended_at, account_id
                FROM mesh.member WHERE mesh_id = ? ORDER BY joined_at, id""", MeshStore::member, mesh.meshId());
        return Sql.first(
                        connection,
                        "SELECT owner_account_id, settings::text FROM mesh.mesh WHERE id = ?",
                        row -> new MeshDetails(mesh, row.getString(1), MeshSettings.parse(row.getString(2)), members),
                        mesh.meshId())
                .orElseThrow(() -> new SQLException("a mesh vanished within a transaction"));
    }

    private static MeshDetails.Row member(ResultSet row) throws SQLException {
        return new MeshDetails.Row(
                row.getString("id"),
                row.getString("display_name"),
                Role.fromWire(row.getString("role")).orElse(Role.MEMBER),
                Sql.instant(row, "joined_at"),
                Sql.optionalInstant(row, "ended_at"),
                row.getString("account_id"));
    }
}
