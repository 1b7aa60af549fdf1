package com.claudemesh.topic;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Topics and who is in them, in PostgreSQL. Blocking; the caller owns the transaction. */
final class TopicStore {
    private TopicStore() {}

    /** All live topics of a mesh with their members. */
    static TopicDirectory.Snapshot load(Connection connection, String meshId) throws SQLException {
        // The version first: what changes meanwhile is read once more.
        long version = versions(connection, List.of(meshId)).getOrDefault(meshId, 0L);
        Map<String, Map<String, TopicRole>> roles = new HashMap<>();
        Sql.list(
                connection,
                """
                SELECT x.topic_id, x.member_id, x.role
                FROM mesh.topic_member x JOIN mesh.topic t ON t.id = x.topic_id
                WHERE t.mesh_id = ? AND t.archived_at IS NULL""",
                row -> roles.computeIfAbsent(row.getString(1), id -> new HashMap<>())
                        .put(row.getString(2), TopicRole.fromWire(row.getString(3))),
                meshId);
        return new TopicDirectory.Snapshot(
                version,
                Sql.list(
                        connection,
                        "SELECT * FROM mesh.topic WHERE mesh_id = ? AND archived_at IS NULL",
                        row -> view(row, roles.getOrDefault(row.getString("id"), Map.of())),
                        meshId));
    }

    private static TopicView view(ResultSet row, Map<String, TopicRole> roles) throws SQLException {
        return new TopicView(
                row.getString("id"),
                row.getString("mesh_id"),
                row.getString("name"),
                row.getString("description"),
                TopicVisibility.fromWire(row.getString("visibility")),
                row.getBoolean("everybody"),
                row.getString("encrypted_key_pubkey"),
                row.getInt("key_epoch"),
                row.getBoolean("rotation_due"),
                (Integer) row.getObject("retention_days"),
                Sql.instant(row, "created_at"),
                roles);
    }

    static Map<String, Long> versions(Connection connection, Collection<String> meshIds) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        Sql.list(
                connection,
                "SELECT mesh_id, version FROM mesh.topic_version WHERE mesh_id = ANY(?)",
                row -> versions.put(row.getString(1), row.getLong(2)),
                (Object) meshIds.toArray(String[]::new));
        return versions;
    }

    /** To be called once in each transaction that changes topics, after its other changes. */
    static void changed(Connection connection, String meshId) throws SQLException {
        Sql.first(connection, "SELECT mesh.topics_changed(?)", row -> true, meshId);
    }

    /** Topics of a mesh are made one after the other: names can be looked for, and topics counted. */
    static void serializeCreation(Connection connection, String meshId) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, "topics:" + meshId);
    }

    static long count(Connection connection, String meshId) throws SQLException {
        return Sql.first(connection, "SELECT count(*) FROM mesh.topic WHERE mesh_id = ?", row -> row.getLong(1), meshId)
                .orElse(0L);
    }

    /** What decides about changes; the row is locked. */
    record Locked(
            String id,
            String name,
            boolean everybody,
            boolean isPublic,
            boolean archived,
            int keyEpoch,
            boolean rotationDue,
            @Nullable String keyPublicKey) {}

    static Optional<Locked> lockByName(Connection connection, String meshId, String name) throws SQLException {
        return lock(connection, "mesh_id = ? AND name = ?", meshId, name);
    }

    /** A live topic. */
    static Optional<Locked> lock(Connection connection, String meshId, String topicId) throws SQLException {
        return lock(connection, "mesh_id = ? AND id = ? AND archived_at IS NULL", meshId, topicId);
    }

    private static Optional<Locked> lock(Connection connection, String condition, Object... parameters)
            throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT id, name, everybody, visibility = 'public', archived_at IS NOT NULL, key_epoch, rotation_due,
                    encrypted_key_pubkey
                FROM mesh.topic WHERE\s""" + condition + " FOR NO KEY UPDATE",
                row -> new Locked(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getInt(6),
                        row.getBoolean(7),
                        row.getString(8)),
                parameters);
    }

    static void insert(Connection connection, String id, TopicCaller creator, NewTopic topic, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.topic (id, mesh_id, name, description, visibility, created_by_member_id,
                    retention_days, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?::integer, ?)""",
                id,
                creator.meshId(),
                topic.name(),
                topic.description(),
                topic.visibility().wire(),
                creator.memberId(),
                topic.retentionDays(),
                now);
        Sql.update(connection, "INSERT INTO mesh.topic_position (topic_id) VALUES (?)", id);
    }

    static void archive(Connection connection, String topicId, Instant now) throws SQLException {
        Sql.update(connection, "UPDATE mesh.topic SET archived_at = ? WHERE id = ?", now, topicId);
    }

    /** Puts a member in; whoever is in it already keeps its role. */
    static void join(Connection connection, String topicId, String memberId, TopicRole role, Instant now)
            throws SQLException {
        Sql.update(connection, """
                INSERT INTO mesh.topic_member (topic_id, member_id, role, joined_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", topicId, memberId, role.wire(), now);
    }

    static void setRole(Connection connection, String topicId, String memberId, TopicRole role) throws SQLException {
        Sql.update(
                connection,
                "UPDATE mesh.topic_member SET role = ? WHERE topic_id = ? AND member_id = ?",
                role.wire(),
                topicId,
                memberId);
    }

    /** False when it was not in it. */
    static boolean leave(Connection connection, String topicId, String memberId) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM mesh.topic_member WHERE topic_id = ? AND member_id = ?",
                        topicId,
                        memberId)
                > 0;
    }

    /** What a member is in a topic; it stays so until the transaction ends. Also tells that its mesh lets it in. */
    static Optional<TopicRole> holdRole(Connection connection, String topicId, String memberId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT role FROM mesh.topic_member WHERE topic_id = ? AND member_id = ? FOR SHARE",
                row -> TopicRole.fromWire(row.getString(1)),
                topicId,
                memberId);
    }

    static boolean hasLead(Connection connection, String topicId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM mesh.topic_member WHERE topic_id = ? AND role = 'lead' LIMIT 1",
                        row -> true,
                        topicId)
                .isPresent();
    }

    /** Who knows the current key is not in the topic any more. */
    static void rotationDue(Connection connection, String topicId) throws SQLException {
        Sql.update(connection, "UPDATE mesh.topic SET rotation_due = true WHERE id = ? AND key_epoch > 0", topicId);
    }

    static List<TopicMemberView> members(Connection connection, String topicId) throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT m.id, m.peer_pubkey, m.display_name, x.role, x.joined_at, x.last_read_at
                FROM mesh.topic_member x JOIN mesh.member m ON m.id = x.member_id
                WHERE x.topic_id = ? AND NOT m.keyless AND m.left_at IS NULL AND m.revoked_at IS NULL
                ORDER BY m.display_name, m.id""",
                row -> new TopicMemberView(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        TopicRole.fromWire(row.getString(4)),
                        Sql.instant(row, "joined_at"),
                        Sql.optionalInstant(row, "last_read_at")),
                topicId);
    }

    /** Sets the read mark of somebody in the topic; false when it is not in it. */
    static boolean markRead(Connection connection, String topicId, String memberId, Instant now) throws SQLException {
        return Sql.update(connection, """
                        UPDATE mesh.topic_member SET last_read_at = ?, last_read_sequence = (
                            SELECT last_sequence FROM mesh.topic_position WHERE topic_id = ?)
                        WHERE topic_id = ? AND member_id = ?""", now, topicId, topicId, memberId) > 0;
    }
}
