package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.identity.Throttle.Limit;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in of a command line by code (after RFC 8628).
 *
 * <p>Promise: only a signed-in person decides, for the account that is signed in; the token is made when it is fetched, by
 * one poll of any number, and is stored nowhere; a code lives five minutes and is decided once. Somebody who types more
 * than five wrong codes within a minute has to wait. Blocking; safe for any thread.
 */
public final class DeviceCodes {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration KEEP = Duration.ofDays(1);
    private static final int CODE_CHARS = 16;
    private static final int HALF_USER_CODE = 4;
    private static final int SESSION_CHARS = 32;
    private static final String SESSION_MARK = "clm_sess_";
    private static final int TRIES = 5;
    private static final Limit WRONG_CODES = new Limit("device code", 5, Duration.ofMinutes(1));

    private final Transactions transactions;
    private final AccountTokens tokens;
    private final Throttle throttle;
    private final AccountLog log;
    private final Clock clock;

    public DeviceCodes(
            Transactions transactions, AccountTokens tokens, Throttle throttle, AccountLog log, Clock clock) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.throttle = throttle;
        this.log = log;
        this.clock = clock;
    }

    /** What a command line gets: its own secret, the code to show, and what goes into the page's address. */
    public record Started(String deviceCode, String userCode, String sessionId, Instant expiresAt) {
        @Override
        public String toString() {
            return "Started[" + expiresAt + "]";
        }
    }

    private record Row(
            String id,
            String status,
            PendingDevice pending,
            @Nullable String accountId) {}

    public Started start(DeviceInfo device, String address) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Started started = new Started(
                    RandomCode.of(RandomCode.TYPEABLE, CODE_CHARS),
                    RandomCode.of(RandomCode.TYPEABLE, HALF_USER_CODE) + "-"
                            + RandomCode.of(RandomCode.TYPEABLE, HALF_USER_CODE),
                    SESSION_MARK + RandomCode.of(RandomCode.TYPEABLE, SESSION_CHARS),
                    clock.instant().plus(LIFE));
            if (transactions.run(connection -> insert(connection, started, device, address)) == 1) {
                return started;
            }
        }
        throw new IllegalStateException("no free user code in " + TRIES + " tries");
    }

    private int insert(Connection connection, Started started, DeviceInfo device, String address) throws SQLException {
        return Sql.update(
                connection,
                """
                INSERT INTO public.device_code (id, device_code_hash, session_id_hash, user_code, status, hostname,
                    platform, arch, address, created_at, expires_at)
                VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""",
                Ids.next(),
                Digests.sha256Hex(started.deviceCode()),
                Digests.sha256Hex(started.sessionId()),
                started.userCode(),
                device.hostname(),
                device.platform(),
                device.arch(),
                address,
                clock.instant(),
                started.expiresAt());
    }

    /** How the sign-in stands; the first poll after the approval gets the token. */
    public DevicePoll poll(String deviceCode, RequestOrigin origin) {
        return transactions.run(connection -> {
            Optional<Row> row = find(connection, "device_code_hash = ?", Digests.sha256Hex(deviceCode));
            return row.isEmpty() ? new DevicePoll.Expired() : poll(connection, row.get(), origin);
        });
    }

    private DevicePoll poll(Connection connection, Row row, RequestOrigin origin) throws SQLException {
        if (row.status().equals("consumed")) {
            return new DevicePoll.Consumed();
        }
        if (isOver(row)) {
            return new DevicePoll.Expired();
        }
        if (row.status().equals("denied")) {
            return new DevicePoll.Denied();
        }
        if (row.status().equals("pending")) {
            return new DevicePoll.Pending();
        }
        Sql.update(connection, "UPDATE public.device_code SET status = 'consumed' WHERE id = ?", row.id());
        Optional<Account> account =
                AccountStore.find(connection, row.accountId()).filter(Account::isEnabled);
        if (account.isEmpty()) {
            return new DevicePoll.Denied();
        }
        TokenOutcome token = tokens.issueForCommandLine(
                connection, account.get(), TokenKind.CLI_SESSION, row.pending().device(), origin);
        return token instanceof TokenOutcome.Issued issued
                ? new DevicePoll.Approved(issued.secret(), account.get())
                : new DevicePoll.Denied();
    }

    /**
     * Shows a pending sign-in to a person who is signed in. Changes nothing.
     *
     * @param code the session id of the page's address, or the user code as typed
     */
    public DeviceDecision look(Account account, String code) {
        return withCode(account, code, (connection, row) -> new DeviceDecision.Waiting(row.pending()));
    }

    /** Approves or denies a pending sign-in in the name of the account. */
    public DeviceDecision decide(Account account, String code, boolean approve, RequestOrigin origin) {
        return withCode(account, code, (connection, row) -> {
            Sql.update(
                    connection,
                    "UPDATE public.device_code SET status = ?, account_id = ?, decided_at = ? WHERE id = ?",
                    approve ? "approved" : "denied",
                    account.id(),
                    clock.instant(),
                    row.id());
            log.append(
                    connection,
                    approve ? Event.DEVICE_APPROVED : Event.DEVICE_DENIED,
                    account.id(),
                    origin,
                    Map.of(
                            "host",
                            row.pending().device().hostname(),
                            "from",
                            row.pending().address()));
            return new DeviceDecision.Decided(approve);
        });
    }

    @FunctionalInterface
    private interface Use {
        DeviceDecision apply(Connection connection, Row row) throws SQLException;
    }

    private DeviceDecision withCode(Account account, String code, Use use) {
        Duration wait = throttle.take(WRONG_CODES, account.id());
        if (!wait.isZero()) {
            return new DeviceDecision.Throttled(wait);
        }
        String typed = code.strip();
        DeviceDecision decision = transactions.run(connection -> {
            Optional<Row> row = typed.startsWith(SESSION_MARK)
                    ? find(connection, "session_id_hash = ?", Digests.sha256Hex(typed))
                    : find(connection, "status = 'pending' AND user_code = ?", typed.toUpperCase(Locale.ROOT));
            if (row.isEmpty() || !row.get().status().equals("pending")) {
                return new DeviceDecision.Unknown();
            }
            return isOver(row.get()) ? new DeviceDecision.Expired() : use.apply(connection, row.get());
        });
        if (!(decision instanceof DeviceDecision.Unknown)) {
            throttle.forgive(WRONG_CODES, account.id());
        }
        return decision;
    }

    private boolean isOver(Row row) {
        return !clock.instant().isBefore(row.pending().expiresAt());
    }

    /** The row stays locked until the transaction ends: of many at once, one decides and one consumes. */
    private static Optional<Row> find(Connection connection, String condition, String value) throws SQLException {
        return Sql.first(connection, """
                SELECT id, status, account_id, user_code, hostname, platform, arch, address, created_at, expires_at
                FROM public.device_code WHERE\s""" + condition + " FOR UPDATE", DeviceCodes::row, value);
    }

    private static Row row(ResultSet row) throws SQLException {
        DeviceInfo device = new DeviceInfo(row.getString("hostname"), row.getString("platform"), row.getString("arch"));
        PendingDevice pending = new PendingDevice(
                row.getString("user_code"),
                device,
                row.getString("address"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"));
        return new Row(row.getString("id"), row.getString("status"), pending, row.getString("account_id"));
    }

    int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.device_code WHERE id IN (
                    SELECT id FROM public.device_code WHERE expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant().minus(KEEP), maxRows);
    }
}
