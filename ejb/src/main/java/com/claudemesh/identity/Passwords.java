package com.claudemesh.identity;

import com.claudemesh.identity.AccountLink.Kind;
import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.identity.Throttle.Limit;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How passwords are chosen: with a link that works once, or by somebody who is signed in and knows the old one.
 *
 * <p>Promise: whoever asks for a link by e-mail address learns nothing about who has an account; a new password ends every
 * browser and command line session of the account and every other link. Personal access tokens stay: they are revoked one
 * by one. Blocking.
 */
public final class Passwords {
    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final AccountLinks links;
    private final AccountMails mails;
    private final MailOutbox outbox;
    private final SignedInPlaces places;
    private final Throttle throttle;
    private final AccountLog log;
    private final Clock clock;
    private final Policy policy;

    /** Numbers and switches. */
    public record Policy(SignInLimits limits, Duration linkLife, boolean registrationOpen) {}

    Passwords(
            Transactions transactions,
            PasswordHasher hasher,
            AccountLinks links,
            AccountMails mails,
            MailOutbox outbox,
            SignedInPlaces places,
            Throttle throttle,
            AccountLog log,
            Clock clock,
            Policy policy) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.links = links;
        this.mails = mails;
        this.outbox = outbox;
        this.places = places;
        this.throttle = throttle;
        this.log = log;
        this.clock = clock;
        this.policy = policy;
    }

    /** Whether anybody may register. */
    public boolean registrationOpen() {
        return policy.registrationOpen() && outbox.isConfigured();
    }

    /** Whether links can be mailed. */
    public boolean mailConfigured() {
        return outbox.isConfigured();
    }

    /** Mails a link to choose a new password, if the address belongs to somebody. */
    public MailRequest forgot(String email, RequestOrigin origin) {
        if (!outbox.isConfigured()) {
            return new MailRequest.NoMail();
        }
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return new MailRequest.Invalid("email", "must be an e-mail address");
        }
        return throttled(address.get(), origin).orElseGet(() -> {
            transactions.execute(connection -> mailReset(connection, address.get()));
            return new MailRequest.Accepted();
        });
    }

    private void mailReset(Connection connection, EmailAddress email) throws SQLException {
        Optional<Account> account = AccountStore.findByEmail(connection, email)
                .map(AccountStore.WithPassword::account)
                .filter(Account::isEnabled);
        if (account.isPresent()) {
            AccountLinks.Made link =
                    links.make(connection, Kind.RESET, account.get().id(), policy.linkLife(), true);
            outbox.queue(connection, mails.reset(email.text(), account.get().name(), link.token(), policy.linkLife()));
        }
    }

    /** Mails a link to finish a registration; somebody who has an account is told so by mail only. */
    public MailRequest register(String email, String name, RequestOrigin origin) {
        if (!policy.registrationOpen()) {
            return new MailRequest.RegistrationClosed();
        }
        if (!outbox.isConfigured()) {
            return new MailRequest.NoMail();
        }
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return new MailRequest.Invalid("email", "must be an e-mail address");
        }
        Optional<String> clean = DisplayName.clean(name);
        if (clean.isEmpty()) {
            return new MailRequest.Invalid("name", DisplayName.RULE);
        }
        return throttled(address.get(), origin).orElseGet(() -> {
            transactions.execute(connection -> mailRegistration(connection, address.get(), clean.get()));
            return new MailRequest.Accepted();
        });
    }

    private void mailRegistration(Connection connection, EmailAddress email, String name) throws SQLException {
        Optional<AccountStore.WithPassword> known = AccountStore.findByEmail(connection, email);
        if (known.isPresent()) {
            outbox.queue(
                    connection,
                    mails.alreadyRegistered(email.text(), known.get().account().name()));
        } else {
            AccountLinks.Made link = links.makeRegistration(connection, email, name, policy.linkLife());
            outbox.queue(connection, mails.register(email.text(), name, link.token(), policy.linkLife()));
        }
    }

    private Optional<MailRequest> throttled(EmailAddress email, RequestOrigin origin) {
        SignInLimits limits = policy.limits();
        return wait(limits.mailsPerAddress(), origin.address())
                .or(() -> wait(limits.mailsPerAddressee(), email.text()))
                .map(MailRequest.Throttled::new);
    }

    private Optional<Duration> wait(Limit limit, String key) {
        return Optional.of(throttle.take(limit, key)).filter(wait -> !wait.isZero());
    }

    /** What a usable link is for; empty otherwise. Looking does not use it. */
    public Optional<AccountLink> look(String linkToken) {
        return transactions.run(connection -> links.look(connection, linkToken));
    }

    /**
     * Uses a link: chooses the password, and the e-mail address where the link leaves it open. Nobody is signed in by it.
     *
     * @param email ignored when the link says which
     */
    public LinkOutcome complete(String linkToken, String email, String password, RequestOrigin origin) {
        Optional<AccountLink> link = look(linkToken);
        if (link.isEmpty()) {
            return new LinkOutcome.Gone();
        }
        Optional<EmailAddress> address = EmailAddress.parse(
                link.get().email() == null ? email : link.get().email());
        if (address.isEmpty()) {
            return new LinkOutcome.Invalid("email", "must be an e-mail address");
        }
        Optional<String> problem = PasswordRule.problem(password, address.get().text());
        if (problem.isPresent()) {
            return new LinkOutcome.Invalid("password", problem.get());
        }
        String hash = hasher.hash(password);
        return transactions.run(connection -> complete(connection, linkToken, address.get(), hash, origin));
    }

    private LinkOutcome complete(
            Connection connection, String linkToken, EmailAddress email, String hash, RequestOrigin origin)
            throws SQLException {
        boolean chosen = links.look(connection, linkToken)
                .map(link -> link.email() == null)
                .orElse(false);
        if (chosen && AccountStore.findByEmail(connection, email).isPresent()) {
            return new LinkOutcome.Invalid("email", "belongs to another account");
        }
        Optional<AccountLinks.Used> used = links.use(connection, linkToken);
        if (used.isEmpty()) {
            return new LinkOutcome.Gone();
        }
        Optional<Account> account = used.get().accountId() == null
                ? register(connection, used.get(), origin)
                : AccountStore.lock(connection, used.get().accountId()).filter(Account::isEnabled);
        if (account.isEmpty()) {
            return new LinkOutcome.Gone();
        }
        Account owner = account.get();
        if (owner.email() == null || used.get().provesEmail()) {
            AccountStore.setEmail(
                    connection, owner.id(), email.text(), used.get().provesEmail());
        }
        Event event = used.get().kind() == Kind.RESET ? Event.PASSWORD_RESET : Event.ACCOUNT_SET_UP;
        replace(connection, owner.id(), hash, null, event, origin);
        throttle.forgive(connection, policy.limits().perAccount(), email.text());
        return new LinkOutcome.Done(AccountStore.find(connection, owner.id()).orElseThrow());
    }

    /** Empty when somebody else got the address since the link was made. */
    private Optional<Account> register(Connection connection, AccountLinks.Used link, RequestOrigin origin)
            throws SQLException {
        if (AccountStore.findByEmail(connection, new EmailAddress(link.email())).isPresent()) {
            return Optional.empty();
        }
        Account account = new Account(
                Ids.next(), link.name(), link.email(), true, AccountRole.USER, false, clock.instant(), null);
        AccountStore.insert(connection, account);
        log.append(connection, Event.ACCOUNT_CREATED, account.id(), origin, Map.of("by", "registration"));
        return Optional.of(account);
    }

    /**
     * Changes the password of somebody who is signed in.
     *
     * @param keepSessionId the session that asks; all others end
     * @return what is wrong, or empty when it is changed
     */
    public Optional<LinkOutcome.Invalid> change(
            Account account,
            String currentPassword,
            String newPassword,
            @Nullable String keepSessionId,
            RequestOrigin origin) {
        Duration wait = throttle.take(policy.limits().perAccount(), "change " + account.id());
        if (!wait.isZero()) {
            return Optional.of(new LinkOutcome.Invalid(
                    "current_password", "was wrong too often, try again in " + (wait.toSeconds() + 1) + " seconds"));
        }
        String known = transactions
                .run(connection -> AccountStore.findWithPassword(connection, account.id()))
                .map(AccountStore.WithPassword::passwordHash)
                .orElse(null);
        if (currentPassword.length() > PasswordRule.MAX_CHARS || !hasher.matches(currentPassword, known)) {
            return Optional.of(new LinkOutcome.Invalid("current_password", "is not right"));
        }
        Optional<String> problem = PasswordRule.problem(newPassword, account.emailText());
        if (problem.isPresent()) {
            return Optional.of(new LinkOutcome.Invalid("new_password", problem.get()));
        }
        String hash = hasher.hash(newPassword);
        throttle.forgive(policy.limits().perAccount(), "change " + account.id());
        transactions.execute(
                connection -> replace(connection, account.id(), hash, keepSessionId, Event.PASSWORD_CHANGED, origin));
        return Optional.empty();
    }

    private void replace(
            Connection connection,
            String accountId,
            String hash,
            @Nullable String keepSessionId,
            Event event,
            RequestOrigin origin)
            throws SQLException {
        AccountStore.setPassword(connection, accountId, hash, clock.instant());
        places.endAll(connection, accountId, keepSessionId);
        links.cancelAll(connection, accountId);
        log.append(connection, event, accountId, origin, Map.of());
    }
}
