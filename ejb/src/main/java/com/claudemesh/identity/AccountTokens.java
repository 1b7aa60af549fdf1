package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.CliSessionToken;
import com.claudemesh.protocol.crypto.token.PersonalToken;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Bearer tokens of people. Only hashes are stored; a token stops working when it expires, is revoked, or its account is
 * disabled, from the next request on. Blocking; safe for any thread.
 */
public final class AccountTokens {
    private static final int MAX_TOKEN_CHARS = 8_192;
    private static final Duration KEEP_ENDED = Duration.ofDays(90);

    private final Transactions transactions;
    private final AccountLog log;
    private final Clock clock;
    private final LastUses lastUses;
    private final String signingKey;
    private final int maxDays;
    private final int maxPerAccount;

    /** @param signingKey key text of the tokens of command lines */
    public AccountTokens(
            Transactions transactions, AccountLog log, Clock clock, String signingKey, int maxDays, int maxPerAccount) {
        this.transactions = transactions;
        this.log = log;
        this.clock = clock;
        this.lastUses = new LastUses(clock);
        this.signingKey = signingKey;
        this.maxDays = maxDays;
        this.maxPerAccount = maxPerAccount;
    }

    /** Makes a personal access token. */
    public TokenOutcome issuePersonal(Account account, String name, int days, RequestOrigin origin) {
        Optional<String> clean = DisplayName.clean(name);
        if (clean.isEmpty()) {
            return new TokenOutcome.Invalid("name", DisplayName.RULE);
        }
        if (days < 1 || days > maxDays) {
            return new TokenOutcome.Invalid("days", "must be a whole number from 1 to " + maxDays);
        }
        String secret = PersonalToken.generate().secret();
        Instant now = now();
        AccountToken token = new AccountToken(
                Ids.next(),
                TokenKind.PERSONAL,
                clean.get(),
                DeviceInfo.UNKNOWN,
                now,
                now.plus(Duration.ofDays(days)),
                null);
        return transactions.run(connection -> store(connection, account, token, secret, origin));
    }

    /** Makes a token to paste into a command line. */
    public TokenOutcome issuePasted(Account account, DeviceInfo device, RequestOrigin origin) {
        return transactions.run(
                connection -> issueForCommandLine(connection, account, TokenKind.PASTED, device, origin));
    }

    /** Makes the token of a command line in the caller's transaction; the oldest of too many ends. */
    TokenOutcome issueForCommandLine(
            Connection connection, Account account, TokenKind kind, DeviceInfo device, RequestOrigin origin)
            throws SQLException {
        AccountStore.lock(connection, account.id());
        TokenStore.revokeOldestCommandLines(connection, account.id(), maxPerAccount - 1, clock.instant());
        Instant now = now();
        long issuedAt = now.getEpochSecond();
        CliSessionToken claims = new CliSessionToken(
                account.id(),
                account.emailText(),
                account.name(),
                kind == TokenKind.PASTED ? CliSessionToken.TYPE_PASTED : CliSessionToken.TYPE_SESSION,
                UUID.randomUUID().toString(),
                issuedAt,
                issuedAt + CliSessionToken.LIFETIME_SECONDS);
        AccountToken token = new AccountToken(
                Ids.next(),
                kind,
                "claudemesh CLI",
                device,
                now,
                Instant.ofEpochSecond(claims.expiresAtSeconds()),
                null);
        return store(connection, account, token, claims.issue(signingKey), origin);
    }

    private TokenOutcome store(
            Connection connection, Account account, AccountToken token, String secret, RequestOrigin origin)
            throws SQLException {
        AccountStore.lock(connection, account.id());
        if (TokenStore.listLive(connection, account.id(), clock.instant()).size() >= maxPerAccount) {
            return new TokenOutcome.TooMany(maxPerAccount);
        }
        TokenStore.insert(connection, account.id(), token, Digests.sha256Hex(secret));
        log.append(
                connection,
                Event.TOKEN_ISSUED,
                account.id(),
                origin,
                Map.of("token", token.id(), "kind", token.kind().wire(), "name", token.name()));
        return new TokenOutcome.Issued(secret, token);
    }

    /** Whose token it is; empty when it is unknown, expired or revoked, or its account disabled. */
    public Optional<AccountToken.Active> authenticate(String secret) {
        if (secret.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        Optional<AccountToken.Active> active = transactions.run(connection -> {
            Optional<TokenStore.Found> found =
                    TokenStore.findLive(connection, Digests.sha256Hex(secret), clock.instant());
            return found.isEmpty()
                    ? Optional.empty()
                    : AccountStore.find(connection, found.get().accountId())
                            .filter(Account::isEnabled)
                            .map(account -> new AccountToken.Active(
                                    found.get().id(), found.get().kind(), account));
        });
        active.ifPresent(token -> lastUses.usedNow(token.id()));
        return active;
    }

    /** Live tokens, oldest first. */
    public List<AccountToken> list(String accountId) {
        return transactions.run(connection -> TokenStore.listLive(connection, accountId, clock.instant()));
    }

    /** Revokes one token of the account; false when it has no such token. */
    public boolean revoke(String accountId, String tokenId, RequestOrigin origin) {
        return transactions.run(connection -> {
            Optional<TokenKind> kind = TokenStore.revoke(connection, accountId, tokenId, clock.instant());
            if (kind.isPresent()) {
                logRevoked(connection, accountId, tokenId, kind.get(), origin);
            }
            return kind.isPresent();
        });
    }

    /** Revokes a token by itself: whoever holds it may give it up. False when nothing was revoked. */
    public boolean revokeBySecret(String secret, RequestOrigin origin) {
        if (secret.length() > MAX_TOKEN_CHARS) {
            return false;
        }
        return transactions.run(connection -> {
            Optional<TokenStore.Found> found =
                    TokenStore.revokeByHash(connection, Digests.sha256Hex(secret), clock.instant());
            if (found.isPresent()) {
                TokenStore.Found token = found.get();
                logRevoked(connection, token.accountId(), token.id(), token.kind(), origin);
            }
            return found.isPresent();
        });
    }

    private void logRevoked(
            Connection connection, String accountId, String tokenId, TokenKind kind, RequestOrigin origin)
            throws SQLException {
        log.append(connection, Event.TOKEN_REVOKED, accountId, origin, Map.of("token", tokenId, "kind", kind.wire()));
    }

    /** Writes when tokens were last used. Call it every few seconds. */
    public void flushLastUses() {
        lastUses.flush(batch -> transactions.execute(connection -> TokenStore.markUsed(connection, batch)));
    }

    int sweep(Connection connection, int maxRows) throws SQLException {
        return TokenStore.deleteEnded(connection, clock.instant().minus(KEEP_ENDED), maxRows);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
