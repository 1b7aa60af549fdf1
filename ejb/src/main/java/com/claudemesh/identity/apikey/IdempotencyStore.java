package com.claudemesh.identity.apikey;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Requests with idempotency keys in PostgreSQL. Blocking; the caller owns the transaction. */
final class IdempotencyStore {
    private IdempotencyStore() {}

    record Answer(int status, String body) {}

    /** @param id new; of the claim, and of the request when it is the first attempt */
    record Attempt(String apiKeyId, String idempotencyKey, String requestHash, String id) {}

    /** @param answer empty while the request is being carried out */
    record Row(String requestHash, Instant claimedUntil, Optional<Answer> answer) {}

    /**
     * Claims the request for the caller and returns its id; empty when somebody else has it or it is answered. A row kept
     * since before {@code keptSince} counts as none.
     */
    static Optional<String> claim(Connection connection, Attempt attempt, Instant now, Instant until, Instant keptSince)
            throws SQLException {
        return Sql.first(
                connection,
                """
                INSERT INTO mesh.api_request AS r (api_key_id, idempotency_key, request_hash, request_id, claim_id,
                    claimed_until, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (api_key_id, idempotency_key) DO UPDATE
                SET request_hash = EXCLUDED.request_hash,
                    request_id = CASE WHEN r.created_at < ? THEN EXCLUDED.request_id ELSE r.request_id END,
                    claim_id = EXCLUDED.claim_id, claimed_until = EXCLUDED.claimed_until, status = NULL, body = NULL,
                    created_at = CASE WHEN r.created_at < ? THEN EXCLUDED.created_at ELSE r.created_at END
                WHERE r.created_at < ?
                    OR r.status IS NULL AND r.claimed_until <= ? AND r.request_hash = EXCLUDED.request_hash
                RETURNING request_id""",
                row -> row.getString(1),
                attempt.apiKeyId(),
                attempt.idempotencyKey(),
                attempt.requestHash(),
                attempt.id(),
                attempt.id(),
                until,
                now,
                keptSince,
                keptSince,
                keptSince,
                now);
    }

    static Optional<Row> find(Connection connection, String apiKeyId, String idempotencyKey) throws SQLException {
        return Sql.first(connection, """
                SELECT request_hash, claimed_until, status, body FROM mesh.api_request
                WHERE api_key_id = ? AND idempotency_key = ?""", IdempotencyStore::row, apiKeyId, idempotencyKey);
    }

    static void answer(Connection connection, IdempotentRequests.Claim claim, Answer answer) throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE mesh.api_request SET status = ?, body = ?
                WHERE api_key_id = ? AND idempotency_key = ? AND claim_id = ?""",
                answer.status(),
                answer.body(),
                claim.apiKeyId(),
                claim.idempotencyKey(),
                claim.claimId());
    }

    static void delete(Connection connection, IdempotentRequests.Claim claim) throws SQLException {
        Sql.update(connection, """
                DELETE FROM mesh.api_request
                WHERE api_key_id = ? AND idempotency_key = ? AND claim_id = ? AND status IS NULL""", claim.apiKeyId(), claim.idempotencyKey(), claim.claimId());
    }

    static int deleteBefore(Connection connection, Instant before, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM mesh.api_request WHERE (api_key_id, idempotency_key) IN (
                    SELECT api_key_id, idempotency_key FROM mesh.api_request WHERE created_at < ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", before, maxRows);
    }

    private static Row row(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Optional<Answer> answer =
                row.wasNull() ? Optional.empty() : Optional.of(new Answer(status, row.getString("body")));
        return new Row(row.getString("request_hash"), Sql.instant(row, "claimed_until"), answer);
    }
}
