package com.claudemesh.topic;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
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

    /**
     * A copy as it is kept.
     *
     * @param epochPublicKey what this generation of the key was made with; null when that is not known any more
     * @param sealedAt when it took the place of an earlier one, else when it was made
     * @param sealer null when the server made the copy, or nobody with that key was ever in the topic
     */
    record Copy(
            String encryptedKey,
            String nonce,
            String memberPublicKey,
            @Nullable String epochPublicKey,
            @Nullable String sealedByMemberId,
            @Nullable String sealedByPublicKey,
            Instant createdAt,
            Instant sealedAt,
            SealedKey.@Nullable Sealer sealer) {}

    static Optional<Copy> find(Connection connection, String topicId, String memberId, int keyEpoch)
            throws SQLException {
        return Sql.first(connection, """
                SELECT k.encrypted_key, k.nonce, k.member_pubkey, e.public_key, k.sealed_by_member_id, k.sealed_by_pubkey,
                    k.created_at, coalesce(k.rotated_at, k.created_at) AS sealed_at,
                    m.display_name, m.revoked_at IS NOT NULL, h.present
                FROM mesh.topic_member_key k
                LEFT JOIN mesh.topic_key_epoch e ON e.topic_id = k.topic_id AND e.key_epoch = k.key_epoch
                LEFT JOIN mesh.member m ON m.id = k.sealed_by_member_id
                LEFT JOIN LATERAL (
                    SELECT bool_or(last_epoch IS NULL) AS present FROM mesh.topic_member_history
                    WHERE topic_id = k.topic_id AND member_pubkey = k.sealed_by_pubkey) h ON true
                WHERE k.topic_id = ? AND k.member_id = ? AND k.key_epoch = ?""", KeyStore::copy, topicId, memberId, keyEpoch);
    }

    private static Copy copy(ResultSet row) throws SQLException {
        String sealedBy = row.getString(6);
        Boolean present = (Boolean) row.getObject(11);
        return new Copy(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                sealedBy,
                Sql.instant(row, "created_at"),
                Sql.instant(row, "sealed_at"),
                sealedBy == null || present == null
                        ? null
                        : new SealedKey.Sealer(row.getString(9), standing(present, row.getBoolean(10))));
    }

    private static SealedKey.Standing standing(boolean present, boolean banned) {
        if (present) {
            return SealedKey.Standing.MEMBER;
        }
        return banned ? SealedKey.Standing.BANNED : SealedKey.Standing.LEFT;
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
        Sql.update(
                connection,
                "INSERT INTO mesh.topic_key_epoch (topic_id, key_epoch, public_key) VALUES (?, ?, ?)",
                topicId,
                keyEpoch,
                publicKey);
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

    /**
     * Members of the topic without a good copy of an earlier key that the holder has: of anybody in a public topic, else of
     * those who were in it while it was the key. The latest keys first.
     *
     * @param current only keys from the {@code maxEpochs} before this one
     */
    static List<KeyOutcome.WaitingForEarlier> waitingForEarlier(
            Connection connection, TopicView topic, MemberView holder, int current, int maxEpochs, int maxRows)
            throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT m.id, m.peer_pubkey, m.display_name, own.key_epoch
                FROM mesh.topic_member_key own
                JOIN mesh.topic_member x ON x.topic_id = own.topic_id
                JOIN mesh.member m ON m.id = x.member_id
                WHERE own.topic_id = ? AND own.member_id = ? AND own.member_pubkey = ?
                  AND own.key_epoch < ? AND own.key_epoch >= ?
                  AND NOT m.keyless AND m.left_at IS NULL AND m.revoked_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM mesh.topic_member_key k
                      WHERE k.topic_id = x.topic_id AND k.member_id = x.member_id AND k.key_epoch = own.key_epoch
                        AND k.member_pubkey = m.peer_pubkey)
                  AND (? OR EXISTS (SELECT 1 FROM mesh.topic_member_history h
                      WHERE h.topic_id = x.topic_id AND h.member_id = x.member_id AND h.first_epoch <= own.key_epoch
                        AND (h.last_epoch IS NULL OR h.last_epoch >= own.key_epoch)))
                ORDER BY own.key_epoch DESC, x.joined_at, m.id LIMIT ?""",
                row -> new KeyOutcome.WaitingForEarlier(
                        new KeyOutcome.Waiting(row.getString(1), row.getString(2), row.getString(3)), row.getInt(4)),
                topic.id(),
                holder.memberId(),
                holder.publicKey(),
                current,
                current - maxEpochs,
                topic.isPublic(),
                maxRows);
    }

    /** Whether the member was in the topic while this was its key. */
    static boolean wasThere(Connection connection, String topicId, String memberId, int keyEpoch) throws SQLException {
        return Sql.first(connection, """
                        SELECT 1 FROM mesh.topic_member_history
                        WHERE topic_id = ? AND member_id = ? AND first_epoch <= ? AND (last_epoch IS NULL OR last_epoch >= ?)
                        LIMIT 1""", row -> true, topicId, memberId, keyEpoch, keyEpoch)
                .isPresent();
    }
}
