package com.claudemesh.identity;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.primitive.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Token buckets in PostgreSQL, the same on every node. The row is locked while a token is taken, so that requests at
 * the same moment never get more than there are. Keys are hashed: the table names nobody. Blocking; safe for any thread.
 */
public final class Throttle {

    /** @param tokens how many at once, and how many more come back evenly during the window */
    public record Limit(String scope, int tokens, Duration window) {
        /** A clock that went back refills nothing. */
        private double refilled(double left, Instant touched, Instant now) {
            double passed = Math.max(0, Duration.between(touched, now).toMillis());
            return Math.min(tokens, left + passed * tokens / window.toMillis());
        }

        private Duration timeFor(double missingTokens) {
            return Duration.ofMillis(Math.max(1, (long) Math.ceil(missingTokens * window.toMillis() / tokens)));
        }

        private String hash(String key) {
            return Digests.sha256Hex(scope + "|" + key);
        }
    }

    private final Transactions transactions;
    private final Clock clock;

    public Throttle(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes a token and returns zero, or takes none and returns after how long one will be there. */
    public Duration take(Limit limit, String key) {
        return transactions.run(connection -> take(connection, limit, key));
    }

    private Duration take(Connection connection, Limit limit, String key) throws SQLException {
        Instant now = clock.instant();
        String hash = limit.hash(key);
        Sql.update(connection, """
                INSERT INTO public.throttle (key_hash, tokens, touched_at, full_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", hash, (double) limit.tokens(), now, now);
        double tokens = Sql.first(
                        connection,
                        "SELECT tokens, touched_at FROM public.throttle WHERE key_hash = ? FOR UPDATE",
                        row -> limit.refilled(row.getDouble(1), Sql.instant(row, "touched_at"), now),
                        hash)
                .orElse((double) limit.tokens());
        if (tokens < 1) {
            return limit.timeFor(1 - tokens);
        }
        Sql.update(
                connection,
                "UPDATE public.throttle SET tokens = ?, touched_at = ?, full_at = ? WHERE key_hash = ?",
                tokens - 1,
                now,
                now.plus(limit.timeFor(limit.tokens() - tokens + 1)),
                hash);
        return Duration.ZERO;
    }

    /** Fills the bucket again: what was tried turned out to be legitimate. */
    public void forgive(Limit limit, String key) {
        transactions.execute(connection -> forgive(connection, limit, key));
    }

    void forgive(Connection connection, Limit limit, String key) throws SQLException {
        Sql.update(connection, "DELETE FROM public.throttle WHERE key_hash = ?", limit.hash(key));
    }

    /** Deletes up to {@code maxRows} buckets that are full again; returns how many. */
    int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.throttle WHERE key_hash IN (
                    SELECT key_hash FROM public.throttle WHERE full_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant(), maxRows);
    }
}
