package com.claudemesh.identity;

import com.claudemesh.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts in PostgreSQL. Blocking; the caller owns the transaction. */
final class AccountStore {
    private static final String SELECT = """
            SELECT id, name, email, email_verified, role, password_hash, created_at, disabled_at FROM public.account\s""";

    private AccountStore() {}

    /** An account with the hash of its password. */
    record WithPassword(Account account, @Nullable String passwordHash) {}

    static void insert(Connection connection, Account account) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO public.account (id, name, email, email_verified, role, created_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
                account.id(),
                account.name(),
                account.email(),
                account.emailVerified(),
                account.role().wire(),
                account.createdAt());
    }

    static Optional<Account> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE id = ?", AccountStore::account, id);
    }

    /** As {@link #find}, and nobody else changes the row until the transaction ends. */
    static Optional<Account> lock(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE id = ? FOR UPDATE", AccountStore::account, id);
    }

    static Optional<WithPassword> findByEmail(Connection connection, EmailAddress email) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE email = ?", AccountStore::withPassword, email.text());
    }

    static Optional<WithPassword> findWithPassword(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE id = ?", AccountStore::withPassword, id);
    }

    static Optional<Account> firstAdministrator(Connection connection) throws SQLException {
        return Sql.first(
                connection, SELECT + "WHERE role = 'admin' ORDER BY created_at LIMIT 1", AccountStore::account);
    }

    /** Administrators that can sign in; their rows stay locked, so that two changes cannot both leave the last one. */
    static int lockEnabledAdministrators(Connection connection) throws SQLException {
        return Sql.list(connection, """
                        SELECT id FROM public.account WHERE role = 'admin' AND disabled_at IS NULL
                        ORDER BY id FOR UPDATE""", row -> row.getString(1)).size();
    }

    static void setPassword(Connection connection, String id, String hash, Instant now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE public.account SET password_hash = ?, password_changed_at = ? WHERE id = ?",
                hash,
                now,
                id);
    }

    /** Replaces a hash by one with today's parameters, unless the password was changed meanwhile. */
    static void upgradePassword(Connection connection, String id, String from, String to) throws SQLException {
        Sql.update(
                connection,
                "UPDATE public.account SET password_hash = ? WHERE id = ? AND password_hash = ?",
                to,
                id,
                from);
    }

    static void setEmail(Connection connection, String id, String email, boolean verified) throws SQLException {
        Sql.update(
                connection,
                "UPDATE public.account SET email = ?, email_verified = ? WHERE id = ?",
                email,
                verified,
                id);
    }

    static void setRole(Connection connection, String id, AccountRole role) throws SQLException {
        Sql.update(connection, "UPDATE public.account SET role = ? WHERE id = ?", role.wire(), id);
    }

    /** A ban that stands keeps its beginning. */
    static void ban(Connection connection, String id, @Nullable String reason, Instant now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE public.account SET disabled_at = coalesce(disabled_at, ?), ban_reason = ? WHERE id = ?",
                now,
                reason,
                id);
    }

    static void unban(Connection connection, String id) throws SQLException {
        Sql.update(connection, "UPDATE public.account SET disabled_at = NULL, ban_reason = NULL WHERE id = ?", id);
    }

    private static WithPassword withPassword(ResultSet row) throws SQLException {
        return new WithPassword(account(row), row.getString("password_hash"));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                AccountRole.fromWire(row.getString("role")).orElse(AccountRole.USER),
                row.getString("password_hash") != null,
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "disabled_at"));
    }
}
