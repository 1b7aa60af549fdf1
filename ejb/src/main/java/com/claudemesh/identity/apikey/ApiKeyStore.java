package com.claudemesh.identity.apikey;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys in PostgreSQL. Blocking; the caller owns the transaction. */
final class ApiKeyStore {
    private ApiKeyStore() {}

    private static final String TOPIC_IDS = """
            CASE WHEN k.scoped THEN array(SELECT topic_id FROM mesh.api_key_topic WHERE api_key_id = k.id ORDER BY topic_id)
            END AS topic_ids""";

    /** A live key as it is compared with a presented one. */
    record Candidate(String secretHash, ApiKeyGrant grant) {}

    static void insert(Connection connection, String meshId, String secretHash, ApiKeyView key) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.api_key (id, mesh_id, label, secret_hash, secret_prefix, capabilities, scoped,
                    issued_by_member_id, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                key.id(),
                meshId,
                key.label(),
                secretHash,
                key.prefix(),
                key.capabilities().stream().map(ApiKeyCapability::wire).toArray(String[]::new),
                key.topicIds() != null,
                key.issuerMemberId(),
                key.createdAt(),
                key.expiresAt());
        if (key.topicIds() != null) {
            Sql.update(
                    connection,
                    "INSERT INTO mesh.api_key_topic (api_key_id, topic_id) SELECT ?, unnest(?::text[])",
                    key.id(),
                    key.topicIds().toArray(String[]::new));
        }
    }

    /** Keys of the mesh that are neither revoked nor expired. */
    static int countLive(Connection connection, String meshId, Instant now) throws SQLException {
        return Sql.first(connection, """
                        SELECT count(*) FROM mesh.api_key
                        WHERE mesh_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)""", row -> row.getInt(1), meshId, now).orElse(0);
    }

    static int countLiveOf(Connection connection, String meshId, String issuerMemberId, Instant now)
            throws SQLException {
        return Sql.first(connection, """
                        SELECT count(*) FROM mesh.api_key WHERE mesh_id = ? AND issued_by_member_id = ?
                            AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)""", row -> row.getInt(1), meshId, issuerMemberId, now)
                .orElse(0);
    }

    static boolean isIssuedBy(Connection connection, String meshId, String id, String memberId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM mesh.api_key WHERE mesh_id = ? AND id = ? AND issued_by_member_id = ?",
                        row -> true,
                        meshId,
                        id,
                        memberId)
                .isPresent();
    }

    /** Newest first, revoked ones included. */
    static List<ApiKeyView> list(Connection connection, String meshId, int maxRows) throws SQLException {
        return Sql.list(
                connection,
                "SELECT k.*, " + TOPIC_IDS
                        + " FROM mesh.api_key k WHERE mesh_id = ? ORDER BY created_at DESC, id LIMIT ?",
                ApiKeyStore::view,
                meshId,
                maxRows);
    }

    /** Ids of the mesh's keys that begin with exactly this text; at most {@code maxRows}. */
    static List<String> idsWithPrefix(Connection connection, String meshId, String prefix, int maxRows)
            throws SQLException {
        return Sql.list(
                connection,
                "SELECT id FROM mesh.api_key WHERE mesh_id = ? AND starts_with(id, ?) ORDER BY id LIMIT ?",
                row -> row.getString(1),
                meshId,
                prefix,
                maxRows);
    }

    /** Whether the key was live until now. */
    static boolean revoke(Connection connection, String meshId, String id, Instant now) throws SQLException {
        return Sql.update(connection, """
                        UPDATE mesh.api_key SET revoked_at = ?
                        WHERE mesh_id = ? AND id = ? AND revoked_at IS NULL""", now, meshId, id) > 0;
    }

    static List<Candidate> findLive(Connection connection, String secretPrefix, Instant now) throws SQLException {
        return Sql.list(connection, "SELECT k.*, " + TOPIC_IDS + """
                 FROM mesh.api_key k
                WHERE secret_prefix = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)""", ApiKeyStore::candidate, secretPrefix, now);
    }

    /** Which of these keys are neither revoked nor expired. */
    static Set<String> liveAmong(Connection connection, String[] ids, Instant now) throws SQLException {
        return Set.copyOf(Sql.list(connection, """
                SELECT id FROM mesh.api_key
                WHERE id = ANY(?) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)""", row -> row.getString(1), ids, now));
    }

    /** Members of the mesh one of whose keys was used since then, last use first. */
    static List<String> issuersUsedSince(Connection connection, String meshId, Instant since, int maxRows)
            throws SQLException {
        return Sql.list(connection, """
                SELECT issued_by_member_id FROM mesh.api_key WHERE mesh_id = ? AND last_used_at >= ?
                GROUP BY issued_by_member_id ORDER BY max(last_used_at) DESC LIMIT ?""", row -> row.getString(1), meshId, since, maxRows);
    }

    static void markUsed(Connection connection, Map<String, Instant> lastUses) throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE mesh.api_key k SET last_used_at = greatest(k.last_used_at, u.at)
                FROM unnest(?::text[], ?::timestamptz[]) AS u (id, at) WHERE k.id = u.id""",
                lastUses.keySet().toArray(String[]::new),
                lastUses.values().toArray(Instant[]::new));
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        List<String> topics = texts(row.getArray("topic_ids"));
        return new Candidate(
                row.getString("secret_hash"),
                new ApiKeyGrant(
                        row.getString("id"),
                        row.getString("mesh_id"),
                        row.getString("issued_by_member_id"),
                        Set.copyOf(capabilities(row)),
                        topics == null ? null : Set.copyOf(topics)));
    }

    private static ApiKeyView view(ResultSet row) throws SQLException {
        return new ApiKeyView(
                row.getString("id"),
                row.getString("label"),
                row.getString("secret_prefix"),
                row.getString("issued_by_member_id"),
                capabilities(row),
                texts(row.getArray("topic_ids")),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "expires_at"),
                Sql.optionalInstant(row, "last_used_at"),
                Sql.optionalInstant(row, "revoked_at"));
    }

    private static List<ApiKeyCapability> capabilities(ResultSet row) throws SQLException {
        return texts(row.getArray("capabilities")).stream()
                .map(ApiKeyCapability::fromWire)
                .toList();
    }

    private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? null : Arrays.asList((String[]) array.getArray());
    }
}
