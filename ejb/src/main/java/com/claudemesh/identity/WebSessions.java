package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions. A session ends when nobody used it for the idle time, when its longest life is over, when its owner
 * signs out here or everywhere, and when the account is disabled; from the next request on, on every node. Blocking; safe
 * for any thread.
 */
public final class WebSessions {
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int MAX_PER_ACCOUNT = 50;
    private static final int TOKEN_CHARS = 43;

    private final Transactions transactions;
    private final AccountLog log;
    private final Clock clock;
    private final Duration idle;
    private final Duration longest;

    public WebSessions(Transactions transactions, AccountLog log, Clock clock, Duration idle, Duration longest) {
        this.transactions = transactions;
        this.log = log;
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    /** Opens a session with a new token. The oldest of more than fifty of one account end. */
    WebSession.Opened open(Connection connection, Account account, RequestOrigin origin, String method)
            throws SQLException {
        Instant now = clock.instant();
        WebSession.Opened opened = new WebSession.Opened(RandomCode.urlToken(), Ids.next(), now.plus(longest));
        Sql.update(
                connection,
                """
                INSERT INTO public.web_session (token_hash, id, account_id, address, user_agent, created_at,
                    last_seen_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                Digests.sha256Hex(opened.token()),
                opened.id(),
                account.id(),
                origin.address(),
                origin.userAgent(),
                now,
                now,
                opened.expiresAt());
        Sql.update(connection, """
                DELETE FROM public.web_session WHERE id IN (
                    SELECT id FROM public.web_session WHERE account_id = ? ORDER BY last_seen_at DESC, id OFFSET ?)""", account.id(), MAX_PER_ACCOUNT);
        log.append(connection, Event.SIGNED_IN, account.id(), origin, Map.of("method", method, "session", opened.id()));
        return opened;
    }

    /** The session of a cookie's value, if it is live. */
    public Optional<WebSession.Active> find(String token) {
        if (token.length() != TOKEN_CHARS) {
            return Optional.empty();
        }
        return transactions.run(connection -> find(connection, Digests.sha256Hex(token)));
    }

    private Optional<WebSession.Active> find(Connection connection, String tokenHash) throws SQLException {
        Instant now = clock.instant();
        record Found(String id, String accountId, Instant lastSeenAt) {}
        Optional<Found> found = Sql.first(
                connection,
                """
                SELECT id, account_id, last_seen_at FROM public.web_session
                WHERE token_hash = ? AND expires_at > ? AND last_seen_at > ?""",
                row -> new Found(row.getString(1), row.getString(2), Sql.instant(row, "last_seen_at")),
                tokenHash,
                now,
                now.minus(idle));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().lastSeenAt().isBefore(now.minus(TOUCH_EVERY))) {
            Sql.update(
                    connection,
                    "UPDATE public.web_session SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?",
                    now,
                    tokenHash,
                    now);
        }
        return AccountStore.find(connection, found.get().accountId())
                .filter(Account::isEnabled)
                .map(account -> new WebSession.Active(found.get().id(), account));
    }

    /** Live sessions, most recently used first. */
    public List<WebSession> list(String accountId) {
        Instant now = clock.instant();
        return transactions.run(
                connection -> Sql.list(connection, """
                SELECT id, address, user_agent, created_at, last_seen_at, expires_at FROM public.web_session
                WHERE account_id = ? AND expires_at > ? AND last_seen_at > ? ORDER BY last_seen_at DESC, id""", WebSessions::session, accountId, now, now.minus(idle)));
    }

    /** Ends one session of the account; false when it has no such session. */
    public boolean end(String accountId, String sessionId, RequestOrigin origin) {
        return transactions.run(connection -> {
            boolean ended = Sql.update(
                            connection,
                            "DELETE FROM public.web_session WHERE account_id = ? AND id = ?",
                            accountId,
                            sessionId)
                    > 0;
            if (ended) {
                log.append(connection, Event.SIGNED_OUT, accountId, origin, Map.of("session", sessionId));
            }
            return ended;
        });
    }

    /** Ends all sessions of the account except one. */
    void endAll(Connection connection, String accountId, @Nullable String exceptSessionId) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM public.web_session WHERE account_id = ? AND id IS DISTINCT FROM ?",
                accountId,
                exceptSessionId);
    }

    /** Deletes up to {@code maxRows} sessions that ended; returns how many. */
    int sweep(Connection connection, int maxRows) throws SQLException {
        Instant now = clock.instant();
        return Sql.update(connection, """
                DELETE FROM public.web_session WHERE token_hash IN (
                    SELECT token_hash FROM public.web_session WHERE expires_at <= ? OR last_seen_at <= ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", now, now.minus(idle), maxRows);
    }

    private static WebSession session(ResultSet row) throws SQLException {
        return new WebSession(
                row.getString("id"),
                row.getString("address"),
                row.getString("user_agent"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "last_seen_at"),
                Sql.instant(row, "expires_at"));
    }
}
