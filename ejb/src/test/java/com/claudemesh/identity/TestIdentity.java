package com.claudemesh.identity;

import com.claudemesh.identity.Throttle.Limit;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.testing.SettableClock;
import com.claudemesh.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The identity component as the server wires it, with a clock that tests move, on a database that all its tests share one
 * after the other and find empty.
 */
public final class TestIdentity {
    static final RequestOrigin HERE = new RequestOrigin("192.0.2.1", "JUnit");
    static final String PASSWORD = "correct horse battery staple";
    private static final PasswordHasher HASHER = new PasswordHasher(8_192, 1, 4);

    private static final DataSource DATABASE = TestDatabase.fresh();

    final SettableClock clock = new SettableClock();
    final Transactions transactions = new Transactions(DATABASE);
    final AccountLog log = new AccountLog(clock);
    final Throttle throttle = new Throttle(transactions, clock);
    final WebSessions sessions = new WebSessions(transactions, log, clock, Duration.ofHours(12), Duration.ofDays(7));
    final SignInLimits limits = new SignInLimits(
            new Limit("account", 5, Duration.ofMinutes(15)),
            new Limit("address", 20, Duration.ofMinutes(15)),
            new Limit("addressee", 3, Duration.ofHours(1)),
            new Limit("mail address", 20, Duration.ofHours(1)));
    final SignIn signIn = new SignIn(transactions, HASHER, sessions, throttle, log, limits);
    final AccountLinks links = new AccountLinks(log, clock);
    final AccountMails mails = new AccountMails("https://mesh.example");
    final SignedInPlaces places = new SignedInPlaces(transactions, sessions, log, clock);
    final AccountTokens tokens = new AccountTokens(transactions, log, clock, "k".repeat(64), 365, 5);
    final DeviceCodes devices = new DeviceCodes(transactions, tokens, throttle, log, clock);
    final WaysIn waysIn = new WaysIn(transactions, places, links, log);
    final Operator operator = new Operator(transactions, clock);
    final Callers callers = new Callers(operator, tokens, sessions);
    final MailOutbox outbox;
    final Passwords passwords;
    final Accounts accounts;

    private TestIdentity(boolean mail) {
        transactions.execute(
                connection -> Sql.update(
                        connection,
                        "TRUNCATE public.account, public.account_link, public.throttle, public.mail_outbox, public.oidc_attempt CASCADE"));
        outbox = new MailOutbox(new AtRestCipher("00".repeat(32)), clock, mail);
        accounts = new Accounts(transactions, links, mails, outbox, places, log, clock);
        passwords = new Passwords(
                transactions,
                HASHER,
                links,
                mails,
                outbox,
                places,
                throttle,
                log,
                clock,
                new Passwords.Policy(limits, Duration.ofHours(1), true));
    }

    public static TestIdentity withMail() {
        return new TestIdentity(true);
    }

    public static TestIdentity withoutMail() {
        return new TestIdentity(false);
    }

    public ExternalSignIn externalSignIn(boolean decideRole, Set<String> administrators, Set<String> allowed) {
        return new ExternalSignIn(
                transactions,
                accounts,
                sessions,
                log,
                clock,
                new ExternalSignIn.Groups(decideRole, administrators, allowed));
    }

    SignIn signInWith(PasswordHasher hasher) {
        return new SignIn(transactions, hasher, sessions, throttle, log, limits);
    }

    /** An account that was set up with {@link #PASSWORD}. */
    Account person(String email) {
        return person(email, AccountRole.USER);
    }

    Account person(String email, AccountRole role) {
        Account account = ((AccountChange.Created) accounts.create("Ada", email, role, null)).account();
        String token = transactions.run(
                connection -> links.make(connection, AccountLink.Kind.SET_UP, account.id(), Duration.ofHours(1), false)
                        .token());
        return ((LinkOutcome.Done) passwords.complete(token, email, PASSWORD, HERE)).account();
    }

    SignInOutcome.SignedIn signedIn(String email) {
        return (SignInOutcome.SignedIn) signIn.signIn(email, PASSWORD, HERE);
    }

    /** Types of the account's log, newest first. */
    List<String> logged(Account account) {
        return accounts.log(account.id(), 100).stream()
                .map(AccountLog.Entry::event)
                .toList();
    }

    long count(String table) {
        return transactions
                .run(connection -> Sql.first(connection, "SELECT count(*) FROM " + table, row -> row.getLong(1)))
                .orElseThrow();
    }

    public SettableClock clock() {
        return clock;
    }

    public Transactions transactions() {
        return transactions;
    }

    public long accountCount() {
        return count("public.account");
    }
}
