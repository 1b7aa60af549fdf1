package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.identity.Throttle.Limit;
import com.claudemesh.platform.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in by e-mail address and password.
 *
 * <p>Promise: the answer does not tell whether an account exists, and takes one Argon2id computation either way; attempts
 * are limited per account and per network address on all nodes together, whether or not the account exists. Blocking.
 */
public final class SignIn {
    private final Transactions transactions;
    private final PasswordHasher passwords;
    private final WebSessions sessions;
    private final Throttle throttle;
    private final AccountLog log;
    private final Limit perAccount;
    private final Limit perAddress;

    public SignIn(
            Transactions transactions,
            PasswordHasher passwords,
            WebSessions sessions,
            Throttle throttle,
            AccountLog log,
            SignInLimits limits) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.log = log;
        this.perAccount = limits.perAccount();
        this.perAddress = limits.perAddress();
    }

    /** @throws OverloadedException when this node checks too many passwords already */
    public SignInOutcome signIn(String email, String password, RequestOrigin origin) {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        String accountKey = address.map(EmailAddress::text).orElse("");
        Duration wait = throttle.take(perAddress, origin.address());
        if (wait.isZero()) {
            wait = throttle.take(perAccount, accountKey);
        }
        if (!wait.isZero()) {
            record(Event.SIGN_IN_THROTTLED, null, origin);
            return new SignInOutcome.Throttled(wait);
        }
        Optional<AccountStore.WithPassword> known =
                address.flatMap(given -> transactions.run(c -> AccountStore.findByEmail(c, given)));
        String hash = known.map(AccountStore.WithPassword::passwordHash).orElse(null);
        boolean right = password.length() <= PasswordRule.MAX_CHARS && passwords.matches(password, hash);
        if (!right || !known.get().account().isEnabled()) {
            record(Event.SIGN_IN_FAILED, known.map(k -> k.account().id()).orElse(null), origin);
            return new SignInOutcome.Refused();
        }
        SignInOutcome outcome = open(known.get(), password, origin);
        throttle.forgive(perAccount, accountKey);
        return outcome;
    }

    private SignInOutcome open(AccountStore.WithPassword known, String password, RequestOrigin origin) {
        String stronger = passwords.isOutdated(known.passwordHash()) ? passwords.hash(password) : null;
        return transactions.run(connection -> {
            if (stronger != null) {
                AccountStore.upgradePassword(connection, known.account().id(), known.passwordHash(), stronger);
            }
            return openIfUnchanged(connection, known, stronger, origin);
        });
    }

    /** The password may have been changed, or the account disabled, while the old one was being checked. */
    private SignInOutcome openIfUnchanged(
            Connection connection, AccountStore.WithPassword known, @Nullable String stronger, RequestOrigin origin)
            throws SQLException {
        String id = known.account().id();
        Optional<Account> current = AccountStore.lock(connection, id).filter(Account::isEnabled);
        String expected = stronger == null ? known.passwordHash() : stronger;
        boolean unchanged = AccountStore.findWithPassword(connection, id)
                .map(now -> expected.equals(now.passwordHash()))
                .orElse(false);
        return current.isPresent() && unchanged
                ? new SignInOutcome.SignedIn(
                        current.get(), sessions.open(connection, current.get(), origin, "password"))
                : new SignInOutcome.Refused();
    }

    private void record(Event event, @Nullable String accountId, RequestOrigin origin) {
        transactions.execute(connection -> log.append(connection, event, accountId, origin, Map.of()));
    }
}
