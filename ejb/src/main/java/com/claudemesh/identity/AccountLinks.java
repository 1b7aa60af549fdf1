package com.claudemesh.identity;

import com.claudemesh.identity.AccountLink.Kind;
import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links that work once, as rows: only hashes of their tokens. Blocking; the caller owns the transaction. */
final class AccountLinks {
    private static final Duration KEEP = Duration.ofDays(7);

    private final AccountLog log;
    private final Clock clock;

    AccountLinks(AccountLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** A new link's token, which is known to nobody else. */
    record Made(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Made[" + expiresAt + "]";
        }
    }

    /**
     * A link that was just used.
     *
     * @param accountId null for a registration
     * @param provesEmail whoever used it reads the mail of {@code email}
     */
    record Used(
            Kind kind,
            @Nullable String accountId,
            @Nullable String email,
            @Nullable String name,
            boolean provesEmail) {}

    /** Makes a link for an account; earlier ones of the kind stop working. */
    Made make(Connection connection, Kind kind, String accountId, Duration life, boolean provesEmail)
            throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM public.account_link WHERE account_id = ? AND kind = ? AND used_at IS NULL",
                accountId,
                kind.wire());
        Made made = insert(connection, kind, accountId, null, null, life, provesEmail);
        log.append(connection, Event.LINK_ISSUED, accountId, null, Map.of("kind", kind.wire(), "mailed", provesEmail));
        return made;
    }

    Made makeRegistration(Connection connection, EmailAddress email, String name, Duration life) throws SQLException {
        return insert(connection, Kind.REGISTER, null, email.text(), name, life, true);
    }

    private Made insert(
            Connection connection,
            Kind kind,
            @Nullable String accountId,
            @Nullable String email,
            @Nullable String name,
            Duration life,
            boolean provesEmail)
            throws SQLException {
        Made made = new Made(RandomCode.urlToken(), clock.instant().plus(life));
        Sql.update(
                connection,
                """
                INSERT INTO public.account_link (token_hash, kind, account_id, email, name, proves_email, created_at,
                    expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                Digests.sha256Hex(made.token()),
                kind.wire(),
                accountId,
                email,
                name,
                provesEmail,
                clock.instant(),
                made.expiresAt());
        return made;
    }

    /** What a usable link is for. Looking does not use it. */
    Optional<AccountLink> look(Connection connection, String token) throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT l.kind, coalesce(a.name, l.name), coalesce(a.email, l.email)
                FROM public.account_link l LEFT JOIN public.account a ON a.id = l.account_id
                WHERE l.token_hash = ? AND l.used_at IS NULL AND l.expires_at > ? AND a.disabled_at IS NULL""",
                row -> new AccountLink(Kind.fromWire(row.getString(1)), row.getString(2), row.getString(3)),
                Digests.sha256Hex(token),
                clock.instant());
    }

    /** Uses a link up: of any number of attempts at once, one succeeds. */
    Optional<Used> use(Connection connection, String token) throws SQLException {
        return Sql.first(
                connection,
                """
                UPDATE public.account_link SET used_at = ?
                WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?
                RETURNING kind, account_id, email, name, proves_email""",
                row -> new Used(
                        Kind.fromWire(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5)),
                clock.instant(),
                Digests.sha256Hex(token),
                clock.instant());
    }

    /** Makes every open link of the account useless. */
    void cancelAll(Connection connection, String accountId) throws SQLException {
        Sql.update(connection, "DELETE FROM public.account_link WHERE account_id = ? AND used_at IS NULL", accountId);
    }

    int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.account_link WHERE token_hash IN (
                    SELECT token_hash FROM public.account_link WHERE expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant().minus(KEEP), maxRows);
    }
}
