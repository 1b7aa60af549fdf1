package com.claudemesh.identity;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bearer tokens of accounts in PostgreSQL. Blocking; the caller owns the transaction. */
final class TokenStore {
    private static final String COLUMNS =
            "id, kind, name, hostname, platform, arch, created_at, expires_at, last_used_at";

    private TokenStore() {}

    /** A stored token as a bearer presents it. */
    record Found(String id, TokenKind kind, String accountId) {}

    static void insert(Connection connection, String accountId, AccountToken token, String hash) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO public.account_token (id, account_id, kind, name, hostname, platform, arch, token_hash,
                    created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                token.id(),
                accountId,
                token.kind().wire(),
                token.name(),
                token.device().hostname(),
                token.device().platform(),
                token.device().arch(),
                hash,
                token.createdAt(),
                token.expiresAt());
    }

    static Optional<Found> findLive(Connection connection, String hash, Instant now) throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT id, kind, account_id FROM public.account_token
                WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ?""",
                row -> new Found(row.getString(1), TokenKind.fromWire(row.getString(2)), row.getString(3)),
                hash,
                now);
    }

    /** Live tokens, oldest first. */
    static List<AccountToken> listLive(Connection connection, String accountId, Instant now) throws SQLException {
        return Sql.list(connection, "SELECT " + COLUMNS + """
                 FROM public.account_token
                WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at, id""", TokenStore::token, accountId, now);
    }

    /** Revokes one live token of the account; empty when it has no such token. */
    static Optional<TokenKind> revoke(Connection connection, String accountId, String id, Instant now)
            throws SQLException {
        return Sql.first(connection, """
                UPDATE public.account_token SET revoked_at = ?
                WHERE account_id = ? AND id = ? AND revoked_at IS NULL RETURNING kind""", row -> TokenKind.fromWire(row.getString(1)), now, accountId, id);
    }

    static Optional<Found> revokeByHash(Connection connection, String hash, Instant now) throws SQLException {
        return Sql.first(
                connection,
                """
                UPDATE public.account_token SET revoked_at = ?
                WHERE token_hash = ? AND revoked_at IS NULL RETURNING id, kind, account_id""",
                row -> new Found(row.getString(1), TokenKind.fromWire(row.getString(2)), row.getString(3)),
                now,
                hash);
    }

    /** Revokes what command lines hold; personal tokens stay. */
    static void revokeCommandLines(Connection connection, String accountId, Instant now) throws SQLException {
        Sql.update(connection, """
                UPDATE public.account_token SET revoked_at = ?
                WHERE account_id = ? AND kind <> 'personal' AND revoked_at IS NULL""", now, accountId);
    }

    /** Revokes command line tokens, oldest first, until at most {@code keep} live tokens of any kind are left. */
    static void revokeOldestCommandLines(Connection connection, String accountId, int keep, Instant now)
            throws SQLException {
        Sql.update(connection, """
                UPDATE public.account_token SET revoked_at = ? WHERE id IN (
                    SELECT id FROM public.account_token
                    WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ?
                    ORDER BY (kind = 'personal') DESC, created_at DESC, id OFFSET ?)
                  AND kind <> 'personal'""", now, accountId, now, keep);
    }

    /** Writes many last uses at once; an earlier one never replaces a later. */
    static void markUsed(Connection connection, Map<String, Instant> lastUses) throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE public.account_token t SET last_used_at = greatest(t.last_used_at, u.at)
                FROM unnest(?::text[], ?::timestamptz[]) AS u (id, at) WHERE t.id = u.id""",
                lastUses.keySet().toArray(String[]::new),
                lastUses.values().toArray(Instant[]::new));
    }

    /** Deletes up to {@code maxRows} tokens that ended before then; returns how many. */
    static int deleteEnded(Connection connection, Instant before, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.account_token WHERE id IN (
                    SELECT id FROM public.account_token WHERE least(expires_at, revoked_at) < ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", before, maxRows);
    }

    private static AccountToken token(ResultSet row) throws SQLException {
        return new AccountToken(
                row.getString("id"),
                TokenKind.fromWire(row.getString("kind")),
                row.getString("name"),
                new DeviceInfo(row.getString("hostname"), row.getString("platform"), row.getString("arch")),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                Sql.optionalInstant(row, "last_used_at"));
    }
}
