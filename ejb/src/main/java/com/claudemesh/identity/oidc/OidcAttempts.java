package com.claudemesh.identity.oidc;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Browsers that were sent to the provider and have not come back. Blocking; safe for any thread. */
public final class OidcAttempts {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final AtRestCipher atRest;
    private final Clock clock;

    public OidcAttempts(Transactions transactions, AtRestCipher atRest, Clock clock) {
        this.transactions = transactions;
        this.atRest = atRest;
        this.clock = clock;
    }

    /** An attempt that came back. */
    record Taken(OidcSecrets secrets, String returnTo) {}

    /** Remembers an attempt for ten minutes. */
    void save(String state, String browser, OidcSecrets secrets, String returnTo) {
        String stateHash = Digests.sha256Hex(state);
        transactions.execute(connection -> Sql.update(
                connection,
                """
                INSERT INTO public.oidc_attempt (state_hash, browser_hash, secrets_enc, return_to, expires_at)
                VALUES (?, ?, ?, ?, ?)""",
                stateHash,
                Digests.sha256Hex(browser),
                atRest.encrypt(json(secrets), place(stateHash)),
                returnTo,
                clock.instant().plus(LIFE)));
    }

    /** Takes the attempt out: of any number of answers to it, one is accepted, and only in the same browser. */
    Optional<Taken> take(String state, String browser) {
        String stateHash = Digests.sha256Hex(state);
        return transactions.run(connection -> Sql.first(
                connection,
                """
                DELETE FROM public.oidc_attempt WHERE state_hash = ? AND browser_hash = ? AND expires_at > ?
                RETURNING secrets_enc, return_to""",
                row -> new Taken(open(row.getString(1), stateHash), row.getString(2)),
                stateHash,
                Digests.sha256Hex(browser),
                clock.instant()));
    }

    /** Deletes up to {@code maxRows} attempts that nobody came back from; returns how many. */
    public int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.oidc_attempt WHERE state_hash IN (
                    SELECT state_hash FROM public.oidc_attempt WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant(), maxRows);
    }

    private static String json(OidcSecrets secrets) {
        try {
            return Json.mapper().writeValueAsString(secrets);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("secrets cannot be written", e);
        }
    }

    private OidcSecrets open(String sealed, String stateHash) {
        String json = atRest.decrypt(sealed, place(stateHash))
                .orElseThrow(() -> new IllegalStateException(
                        "a sign-in attempt cannot be decrypted: was BROKER_ENCRYPTION_KEY changed?"));
        try {
            return Json.mapper().readValue(json, OidcSecrets.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sign-in attempt is unreadable", e);
        }
    }

    private static String place(String stateHash) {
        return "oidc_attempt.secrets|" + stateHash;
    }
}
