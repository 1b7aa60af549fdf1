package com.claudemesh.topic;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sealed topic keys in PostgreSQL. Blocking; the caller owns the transaction. */
final class KeyStore {
    private KeyStore() {}

    /**
     * A copy to keep.
     *
     * @param memberPublicKey the member's key that it was sealed for
     * @param sealedByMemberId null for the server's own at creation
     */
    record NewCopy(
            String topicId,
            String memberId,
            int keyEpoch,
            String encryptedKey,
            String nonce,
            String memberPublicKey,
            @Nullable String sealedByMemberId,
            @Nullable String sealedByPublicKey) {}

    /** A copy as it is kept. */
    record Copy(
            String encryptedKey,
            String nonce,
            String memberPublicKey,
            @Nullable String sealedByMemberId,
            @Nullable String sealedByPublicKey,
            Instant createdAt) {}

    static Optional<Copy> find(Connection connection, String topicId, String memberId, int keyEpoch)
            throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT encrypted_key, nonce, member_pubkey, sealed_by_member_id, sealed_by_pubkey, created_at
                FROM mesh.topic_member_key WHERE topic_id = ? AND member_id = ? AND key_epoch = ?""",
                row -> new Copy(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Sql.instant(row, "created_at")),
                topicId,
                memberId,
                keyEpoch);
    }

    static boolean holds(Connection connection, String topicId, String memberId, int keyEpoch) throws SQLException {
        return find(connection, topicId, memberId, keyEpoch).isPresent();
    }

    /** Whether anybody who is in the topic could pass its key on. */
    static boolean hasHolder(Connection connection, String topicId, int keyEpoch) throws SQLException {
        return Sql.first(connection, """
                        SELECT 1 FROM mesh.topic_member_key k
                        JOIN mesh.topic_member x ON x.topic_id = k.topic_id AND x.member_id = k.member_id
                        WHERE k.topic_id = ? AND k.key_epoch = ? LIMIT 1""", row -> true, topicId, keyEpoch).isPresent();
    }

    /** Keeps a copy in the place of an earlier one. */
    static void put(Connection connection, NewCopy copy, Instant now) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO mesh.topic_member_key (topic_id, member_id, key_epoch, encrypted_key, nonce, member_pubkey,
                    sealed_by_member_id, sealed_by_pubkey, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (topic_id, member_id, key_epoch) DO UPDATE SET encrypted_key = excluded.encrypted_key,
                    nonce = excluded.nonce, member_pubkey = excluded.member_pubkey,
                    sealed_by_member_id = excluded.sealed_by_member_id,
                    sealed_by_pubkey = excluded.sealed_by_pubkey, rotated_at = excluded.created_at""",
                copy.topicId(),
                copy.memberId(),
                copy.keyEpoch(),
                copy.encryptedKey(),
                copy.nonce(),
                copy.memberPublicKey(),
                copy.sealedByMemberId(),
                copy.sealedByPublicKey(),
                now);
    }

    /** Makes an epoch the current one. */
    static void begin(Connection connection, String topicId, int keyEpoch, String publicKey) throws SQLException {
        Sql.update(connection, """
                UPDATE mesh.topic SET key_epoch = ?, rotation_due = false, encrypted_key_pubkey = ? WHERE id = ?""", keyEpoch, publicKey, topicId);
    }

    /** Members of the topic without a copy that their key opens, longest in it first. */
    static List<KeyOutcome.Waiting> waiting(Connection connection, String topicId, int keyEpoch, int maxRows)
            throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT m.id, m.peer_pubkey, m.display_name
                FROM mesh.topic_member x JOIN mesh.member m ON m.id = x.member_id
                WHERE x.topic_id = ? AND NOT m.keyless AND m.left_at IS NULL AND m.revoked_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM mesh.topic_member_key k
                      WHERE k.topic_id = x.topic_id AND k.member_id = x.member_id AND k.key_epoch = ?
                        AND k.member_pubkey = m.peer_pubkey)
                ORDER BY x.joined_at, m.id LIMIT ?""",
                row -> new KeyOutcome.Waiting(row.getString(1), row.getString(2), row.getString(3)),
                topicId,
                keyEpoch,
                maxRows);
    }
}
