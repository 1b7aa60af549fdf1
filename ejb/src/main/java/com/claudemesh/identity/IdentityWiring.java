package com.claudemesh.identity;

import com.claudemesh.mail.MailOutbox;
import com.claudemesh.platform.AccountSettings;
import com.claudemesh.platform.OidcSettings;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Makes the identity objects, one of each, for injection. */
@Dependent
public class IdentityWiring {
    private static final String TOKEN_KEY_PURPOSE = "claudemesh cli token v1";

    @Produces
    @Singleton
    PasswordHasher passwordHasher(Settings settings) {
        AccountSettings numbers = settings.accounts();
        return new PasswordHasher(
                numbers.passwordMemoryKib(), numbers.passwordIterations(), numbers.passwordHashesAtOnce());
    }

    @Produces
    @Singleton
    AccountLog accountLog(Clock clock) {
        return new AccountLog(clock);
    }

    @Produces
    @Singleton
    Throttle throttle(Transactions transactions, Clock clock) {
        return new Throttle(transactions, clock);
    }

    @Produces
    @Singleton
    WebSessions webSessions(Transactions transactions, AccountLog log, Clock clock, Settings settings) {
        return new WebSessions(
                transactions,
                log,
                clock,
                Duration.ofMinutes(settings.accounts().sessionIdleMinutes()),
                Duration.ofHours(settings.accounts().sessionMaxHours()));
    }

    @Produces
    @Singleton
    SignIn signIn(
            Transactions transactions,
            PasswordHasher hasher,
            WebSessions sessions,
            Throttle throttle,
            AccountLog log,
            Settings settings) {
        return new SignIn(transactions, hasher, sessions, throttle, log, SignInLimits.of(settings.accounts()));
    }

    @Produces
    @Singleton
    AccountLinks accountLinks(AccountLog log, Clock clock) {
        return new AccountLinks(log, clock);
    }

    @Produces
    @Singleton
    AccountMails accountMails(Settings settings) {
        return new AccountMails(settings.appUrl().toString().replaceFirst("/+$", ""));
    }

    @Produces
    @Singleton
    SignedInPlaces signedInPlaces(Transactions transactions, WebSessions sessions, AccountLog log, Clock clock) {
        return new SignedInPlaces(transactions, sessions, log, clock);
    }

    @Produces
    @Singleton
    Passwords passwords(
            Transactions transactions,
            PasswordHasher hasher,
            AccountLinks links,
            AccountMails mails,
            MailOutbox outbox,
            SignedInPlaces places,
            Throttle throttle,
            AccountLog log,
            Clock clock,
            Settings settings) {
        AccountSettings accounts = settings.accounts();
        return new Passwords(
                transactions,
                hasher,
                links,
                mails,
                outbox,
                places,
                throttle,
                log,
                clock,
                new Passwords.Policy(
                        SignInLimits.of(accounts),
                        Duration.ofMinutes(accounts.linkMinutes()),
                        accounts.registrationOpen()));
    }

    @Produces
    @Singleton
    Accounts accounts(
            Transactions transactions,
            AccountLinks links,
            AccountMails mails,
            MailOutbox outbox,
            SignedInPlaces places,
            AccountLog log,
            Clock clock) {
        return new Accounts(transactions, links, mails, outbox, places, log, clock);
    }

    @Produces
    @Singleton
    WaysIn waysIn(Transactions transactions, SignedInPlaces places, AccountLinks links, AccountLog log) {
        return new WaysIn(transactions, places, links, log);
    }

    /** The key is derived: what signs command line tokens signs nothing else. */
    @Produces
    @Singleton
    AccountTokens accountTokens(Transactions transactions, AccountLog log, Clock clock, Settings settings) {
        byte[] secret = settings.accounts().tokenSecret().getBytes(StandardCharsets.UTF_8);
        return new AccountTokens(
                transactions,
                log,
                clock,
                Hex.encode(Digests.hmacSha256(secret, TOKEN_KEY_PURPOSE.getBytes(StandardCharsets.UTF_8))),
                settings.accounts().tokenMaxDays(),
                settings.accounts().maxTokensPerAccount());
    }

    @Produces
    @Singleton
    DeviceCodes deviceCodes(
            Transactions transactions, AccountTokens tokens, Throttle throttle, AccountLog log, Clock clock) {
        return new DeviceCodes(transactions, tokens, throttle, log, clock);
    }

    @Produces
    @Singleton
    ExternalSignIn externalSignIn(
            Transactions transactions,
            Accounts accounts,
            WebSessions sessions,
            AccountLog log,
            Clock clock,
            Settings settings) {
        OidcSettings oidc = settings.oidc();
        return new ExternalSignIn(
                transactions,
                accounts,
                sessions,
                log,
                clock,
                new ExternalSignIn.Groups(
                        !oidc.groupClaim().isEmpty() && !oidc.adminGroups().isEmpty(),
                        oidc.adminGroups(),
                        oidc.allowedGroups()));
    }

    @Produces
    @Singleton
    Operator operator(Transactions transactions, Clock clock) {
        return new Operator(transactions, clock);
    }

    @Produces
    @Singleton
    Callers callers(Operator operator, AccountTokens tokens, WebSessions sessions) {
        return new Callers(operator, tokens, sessions);
    }
}
