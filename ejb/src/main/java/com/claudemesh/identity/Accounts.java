package com.claudemesh.identity;

import com.claudemesh.identity.AccountLink.Kind;
import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to accounts, for those who manage them. Blocking; safe for any thread. */
public final class Accounts {
    /** Links that are handed over by people live longer than mailed ones. */
    private static final Duration HANDED_LINK_LIFE = Duration.ofDays(7);

    private static final int MAX_REASON_CHARS = 500;

    private final Transactions transactions;
    private final AccountLinks links;
    private final AccountMails mails;
    private final MailOutbox outbox;
    private final SignedInPlaces places;
    private final AccountLog log;
    private final Clock clock;

    Accounts(
            Transactions transactions,
            AccountLinks links,
            AccountMails mails,
            MailOutbox outbox,
            SignedInPlaces places,
            AccountLog log,
            Clock clock) {
        this.transactions = transactions;
        this.links = links;
        this.mails = mails;
        this.outbox = outbox;
        this.places = places;
        this.log = log;
        this.clock = clock;
    }

    public Optional<Account> find(String id) {
        return transactions.run(connection -> AccountStore.find(connection, id));
    }

    /** The administrator that the first start made; empty while there is none. */
    public Optional<Account> firstAdministrator() {
        return transactions.run(AccountStore::firstAdministrator);
    }

    /** The newest entries of an account's record, newest first. */
    public List<AccountLog.Entry> log(String accountId, int maxRows) {
        return transactions.run(connection -> log.newest(connection, accountId, maxRows));
    }

    /** Makes an administrator without e-mail address and password, and the link to choose both. */
    public AccountChange.Created createFirstAdministrator(String name) {
        return transactions.run(connection -> {
            Account account = insert(connection, name, null, AccountRole.ADMIN, null);
            return new AccountChange.Created(account, handOver(connection, Kind.SET_UP, account));
        });
    }

    /**
     * Makes an account, and mails or returns the link to set it up.
     *
     * @param by the administrator; null for the operator
     */
    public AccountChange create(String name, String email, AccountRole role, @Nullable Account by) {
        Optional<String> clean = DisplayName.clean(name);
        if (clean.isEmpty()) {
            return new AccountChange.Invalid("name", DisplayName.RULE);
        }
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return new AccountChange.Invalid("email", "must be an e-mail address");
        }
        return transactions.run(connection -> {
            if (AccountStore.findByEmail(connection, address.get()).isPresent()) {
                return new AccountChange.Invalid("email", "belongs to another account");
            }
            Account account = insert(connection, clean.get(), address.get(), role, by);
            return new AccountChange.Created(account, mailOrHandOver(connection, Kind.SET_UP, account));
        });
    }

    private Account insert(
            Connection connection, String name, @Nullable EmailAddress email, AccountRole role, @Nullable Account by)
            throws SQLException {
        Account account = new Account(
                Ids.next(), name, email == null ? null : email.text(), false, role, false, clock.instant(), null);
        AccountStore.insert(connection, account);
        log.append(
                connection,
                Event.ACCOUNT_CREATED,
                account.id(),
                null,
                Map.of("by", by == null ? "operator" : by.id(), "role", role.wire()));
        return account;
    }

    /** Makes a link with which the account's owner chooses a new password; mailed when that is possible. */
    public Optional<IssuedLink> issueResetLink(String accountId) {
        return transactions.run(connection -> {
            Optional<Account> account = AccountStore.lock(connection, accountId).filter(Account::isEnabled);
            return account.isEmpty()
                    ? Optional.empty()
                    : Optional.of(mailOrHandOver(
                            connection, account.get().hasPassword() ? Kind.RESET : Kind.SET_UP, account.get()));
        });
    }

    private IssuedLink mailOrHandOver(Connection connection, Kind kind, Account account) throws SQLException {
        if (account.email() == null || !outbox.isConfigured()) {
            return handOver(connection, kind, account);
        }
        AccountLinks.Made made = links.make(connection, kind, account.id(), HANDED_LINK_LIFE, true);
        outbox.queue(
                connection,
                kind == Kind.RESET
                        ? mails.reset(account.email(), account.name(), made.token(), HANDED_LINK_LIFE)
                        : mails.setUp(account.email(), account.name(), made.token(), HANDED_LINK_LIFE));
        return new IssuedLink("", made.expiresAt(), true);
    }

    private IssuedLink handOver(Connection connection, Kind kind, Account account) throws SQLException {
        AccountLinks.Made made = links.make(connection, kind, account.id(), HANDED_LINK_LIFE, false);
        return new IssuedLink(mails.linkUrl(made.token()), made.expiresAt(), false);
    }

    /** Changes what an account may do. */
    public AccountChange setRole(String accountId, AccountRole role, @Nullable Account by) {
        return transactions.run(connection -> setRole(connection, accountId, role, by));
    }

    AccountChange setRole(Connection connection, String accountId, AccountRole role, @Nullable Account by)
            throws SQLException {
        int administrators = AccountStore.lockEnabledAdministrators(connection);
        Optional<Account> account = AccountStore.lock(connection, accountId);
        if (account.isEmpty()) {
            return new AccountChange.Unknown();
        }
        if (account.get().role() == role) {
            return new AccountChange.Done(account.get());
        }
        if (role != AccountRole.ADMIN && isLast(account.get(), administrators)) {
            return new AccountChange.LastAdministrator();
        }
        if (role != AccountRole.ADMIN && isOwn(accountId, by)) {
            return new AccountChange.OwnAccount();
        }
        AccountStore.setRole(connection, accountId, role);
        return changed(connection, accountId, by, Map.of("role", role.wire()));
    }

    /**
     * Bans an account: nothing of it is accepted from now on, and everything that it is signed in to ends, on every node. What
     * its members do in meshes is the business of those meshes.
     *
     * @param reason for the record and for other administrators, up to 500 characters; may be empty
     */
    public AccountChange ban(String accountId, String reason, @Nullable Account by) {
        String why = reason.strip();
        if (why.length() > MAX_REASON_CHARS || why.chars().anyMatch(Character::isISOControl)) {
            return new AccountChange.Invalid(
                    "banReason", "must be at most " + MAX_REASON_CHARS + " characters, without control characters");
        }
        return transactions.run(connection -> {
            int administrators = AccountStore.lockEnabledAdministrators(connection);
            Optional<Account> account = AccountStore.lock(connection, accountId);
            if (account.isEmpty()) {
                return new AccountChange.Unknown();
            }
            if (isLast(account.get(), administrators)) {
                return new AccountChange.LastAdministrator();
            }
            if (isOwn(accountId, by)) {
                return new AccountChange.OwnAccount();
            }
            AccountStore.ban(connection, accountId, why.isEmpty() ? null : why, clock.instant());
            places.endAll(connection, accountId, null);
            links.cancelAll(connection, accountId);
            return changed(connection, accountId, by, Map.of("banned", true, "reason", why));
        });
    }

    /** Lets a banned account in again. It has to sign in anew; its personal access tokens work again. */
    public AccountChange unban(String accountId, @Nullable Account by) {
        return transactions.run(connection -> {
            Optional<Account> account = AccountStore.lock(connection, accountId);
            if (account.isEmpty()) {
                return new AccountChange.Unknown();
            }
            if (account.get().isEnabled()) {
                return new AccountChange.Done(account.get());
            }
            AccountStore.unban(connection, accountId);
            return changed(connection, accountId, by, Map.of("banned", false));
        });
    }

    private static boolean isOwn(String accountId, @Nullable Account by) {
        return by != null && by.id().equals(accountId);
    }

    private static boolean isLast(Account account, int enabledAdministrators) {
        return account.isAdministrator() && account.isEnabled() && enabledAdministrators == 1;
    }

    private AccountChange changed(Connection connection, String accountId, @Nullable Account by, Map<String, ?> what)
            throws SQLException {
        log.append(
                connection,
                Event.ACCOUNT_CHANGED,
                accountId,
                null,
                Map.of("by", by == null ? "server" : by.id(), "change", what));
        return new AccountChange.Done(AccountStore.find(connection, accountId).orElseThrow());
    }
}
