package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How accounts sign in: a password, and identities at the single sign-on provider. Taking one away ends everything that the
 * account is signed in to, because a session does not remember which way it came. Blocking; safe for any thread.
 */
public final class WaysIn {
    /** Id of the password among the ways of its account. */
    public static final String PASSWORD = "credential";

    private final Transactions transactions;
    private final SignedInPlaces places;
    private final AccountLinks links;
    private final AccountLog log;

    WaysIn(Transactions transactions, SignedInPlaces places, AccountLinks links, AccountLog log) {
        this.transactions = transactions;
        this.places = places;
        this.links = links;
        this.log = log;
    }

    /**
     * Takes one way away. An identity comes back when the provider vouches for the account's address again: whoever is to
     * stay out is banned.
     *
     * @param by the administrator; null for the operator
     */
    public AccountChange remove(String accountId, String wayId, @Nullable Account by) {
        return transactions.run(connection -> remove(connection, accountId, wayId, by));
    }

    private AccountChange remove(Connection connection, String accountId, String wayId, @Nullable Account by)
            throws SQLException {
        AccountStore.lockEnabledAdministrators(connection);
        Optional<Account> account = AccountStore.lock(connection, accountId);
        if (account.isEmpty()) {
            return new AccountChange.Unknown();
        }
        List<String> ways = idsOf(connection, account.get());
        if (!ways.contains(wayId)) {
            return new AccountChange.UnknownWayIn();
        }
        if (ways.size() == 1 && isLastWhoCanSignIn(connection, account.get())) {
            return new AccountChange.LastAdministrator();
        }
        if (ways.size() == 1 && by != null && by.id().equals(accountId)) {
            return new AccountChange.OwnAccount();
        }
        delete(connection, accountId, wayId);
        places.endAll(connection, accountId, null);
        links.cancelAll(connection, accountId);
        log.append(
                connection,
                Event.WAY_IN_REMOVED,
                accountId,
                null,
                Map.of("by", by == null ? "operator" : by.id(), "way", wayId));
        return new AccountChange.Done(AccountStore.find(connection, accountId).orElseThrow());
    }

    private static List<String> idsOf(Connection connection, Account account) throws SQLException {
        return Sql.list(connection, """
                SELECT id FROM public.account_identity WHERE account_id = ?
                UNION ALL SELECT ? WHERE ?""", row -> row.getString(1), account.id(), PASSWORD, account.hasPassword());
    }

    private static boolean isLastWhoCanSignIn(Connection connection, Account account) throws SQLException {
        return account.isAdministrator()
                && account.isEnabled()
                && Sql.first(connection, """
                                SELECT 1 FROM public.account a
                                WHERE a.role = 'admin' AND a.disabled_at IS NULL AND a.id <> ?
                                  AND (a.password_hash IS NOT NULL
                                    OR EXISTS (SELECT 1 FROM public.account_identity i WHERE i.account_id = a.id))
                                LIMIT 1""", row -> true, account.id()).isEmpty();
    }

    private static void delete(Connection connection, String accountId, String wayId) throws SQLException {
        if (wayId.equals(PASSWORD)) {
            Sql.update(connection, "UPDATE public.account SET password_hash = NULL WHERE id = ?", accountId);
        } else {
            Sql.update(
                    connection,
                    "DELETE FROM public.account_identity WHERE account_id = ? AND id = ?",
                    accountId,
                    wayId);
        }
    }
}
