package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.id.Ids;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in who the single sign-on provider vouches for. An account is found by issuer and subject; the first time, by an
 * e-mail address that the provider has verified, else a new account is made. Where groups are configured they decide who may
 * enter and who is an administrator, anew at every sign-in; the last administrator is never taken away. Blocking.
 */
public final class ExternalSignIn {
    private static final Logger LOG = System.getLogger(ExternalSignIn.class.getName());

    private final Transactions transactions;
    private final Accounts accounts;
    private final WebSessions sessions;
    private final AccountLog log;
    private final Clock clock;
    private final Groups groups;

    /**
     * What the groups of the provider mean here.
     *
     * @param decideRole false when roles are managed here
     */
    public record Groups(boolean decideRole, Collection<String> administrators, Collection<String> allowed) {
        private boolean admits(ExternalIdentity identity) {
            return allowed.isEmpty() || !Collections.disjoint(allowed, identity.groups());
        }

        private AccountRole role(ExternalIdentity identity) {
            return !Collections.disjoint(administrators, identity.groups()) ? AccountRole.ADMIN : AccountRole.USER;
        }
    }

    /** How it ended. */
    public sealed interface Outcome {
        record SignedIn(Account account, WebSession.Opened session) implements Outcome {}

        /** In none of the groups that may enter. */
        record NotAllowed() implements Outcome {}

        /** Somebody here has that address, and the provider does not say that it was verified. */
        record EmailUnverified() implements Outcome {}

        record Disabled() implements Outcome {}
    }

    ExternalSignIn(
            Transactions transactions,
            Accounts accounts,
            WebSessions sessions,
            AccountLog log,
            Clock clock,
            Groups groups) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
        this.groups = groups;
    }

    public Outcome signIn(ExternalIdentity identity, RequestOrigin origin) {
        if (!groups.admits(identity)) {
            transactions.execute(connection -> log.append(
                    connection, Event.SIGN_IN_FAILED, null, origin, Map.of("method", "oidc", "why", "not_allowed")));
            return new Outcome.NotAllowed();
        }
        return transactions.run(connection -> signIn(connection, identity, origin));
    }

    private Outcome signIn(Connection connection, ExternalIdentity identity, RequestOrigin origin) throws SQLException {
        serialize(connection, identity);
        Optional<String> known = touch(connection, identity);
        Optional<EmailAddress> email = EmailAddress.parse(identity.email());
        if (known.isEmpty() && email.isPresent()) {
            Optional<Account> sameAddress =
                    AccountStore.findByEmail(connection, email.get()).map(AccountStore.WithPassword::account);
            if (sameAddress.isPresent() && !identity.emailVerified()) {
                return new Outcome.EmailUnverified();
            }
            known = sameAddress.map(Account::id);
            if (known.isPresent()) {
                link(connection, identity, known.get(), origin);
            }
        }
        String accountId = known.isPresent() ? known.get() : create(connection, identity, email, origin);
        if (groups.decideRole()) {
            decideRole(connection, accountId, identity);
        }
        Account account = AccountStore.lock(connection, accountId).orElseThrow();
        return account.isEnabled()
                ? new Outcome.SignedIn(account, sessions.open(connection, account, origin, "oidc"))
                : new Outcome.Disabled();
    }

    /** Two first sign-ins of one person at once make one account. */
    private static void serialize(Connection connection, ExternalIdentity identity) throws SQLException {
        Sql.first(
                connection,
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> true,
                "oidc:" + identity.issuer() + "|" + identity.subject());
    }

    private Optional<String> touch(Connection connection, ExternalIdentity identity) throws SQLException {
        return Sql.first(
                connection, """
                UPDATE public.account_identity SET last_used_at = ? WHERE issuer = ? AND subject = ?
                RETURNING account_id""", row -> row.getString(1), clock.instant(), identity.issuer(), identity.subject());
    }

    private void link(Connection connection, ExternalIdentity identity, String accountId, RequestOrigin origin)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO public.account_identity (id, issuer, subject, account_id, created_at, last_used_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
                Ids.next(),
                identity.issuer(),
                identity.subject(),
                accountId,
                clock.instant(),
                clock.instant());
        log.append(connection, Event.IDENTITY_LINKED, accountId, origin, Map.of("issuer", identity.issuer()));
    }

    private String create(
            Connection connection, ExternalIdentity identity, Optional<EmailAddress> email, RequestOrigin origin)
            throws SQLException {
        Account account = new Account(
                Ids.next(),
                DisplayName.clean(identity.name())
                        .or(() -> email.map(EmailAddress::text).flatMap(DisplayName::clean))
                        .orElse("User"),
                email.map(EmailAddress::text).orElse(null),
                email.isPresent() && identity.emailVerified(),
                AccountRole.USER,
                false,
                clock.instant(),
                null);
        AccountStore.insert(connection, account);
        log.append(connection, Event.ACCOUNT_CREATED, account.id(), origin, Map.of("by", "oidc"));
        link(connection, identity, account.id(), origin);
        return account.id();
    }

    private void decideRole(Connection connection, String accountId, ExternalIdentity identity) throws SQLException {
        if (accounts.setRole(connection, accountId, groups.role(identity), null)
                instanceof AccountChange.LastAdministrator) {
            LOG.log(Level.WARNING, "event=last_administrator_kept account=" + accountId);
        }
    }
}
