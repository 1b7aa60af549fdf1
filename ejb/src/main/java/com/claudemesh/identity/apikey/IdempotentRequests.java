package com.claudemesh.identity.apikey;

import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Requests that name an idempotency key, after the IETF draft "The Idempotency-Key HTTP Header Field": of all requests of one
 * API key with the same idempotency key one at a time is carried out, and its answer is kept, in PostgreSQL, for all nodes.
 * One that never ended, because its node died, may be tried again after the lease; what it does must then recognise that it
 * was done. Blocking; safe for any thread.
 */
public final class IdempotentRequests {
    private final Transactions transactions;
    private final Clock clock;
    private final Duration kept;
    private final Duration lease;

    public IdempotentRequests(Transactions transactions, Clock clock, Duration kept, Duration lease) {
        this.transactions = transactions;
        this.clock = clock;
        this.kept = kept;
        this.lease = lease;
    }

    /**
     * The right to carry out a request, until its lease ends.
     *
     * @param requestId the same for every attempt, so that what it does can recognise that it was done
     */
    public record Claim(String apiKeyId, String idempotencyKey, String claimId, String requestId) {}

    /** What is to be done with a request. */
    public sealed interface Decision {
        record CarryOut(Claim claim) implements Decision {}

        /** It was carried out: answer the same. */
        record Replay(int status, String body) implements Decision {}

        /** The idempotency key was used for another request. */
        record Mismatch() implements Decision {}

        /** It is being carried out. */
        record InProgress(Duration retryAfter) implements Decision {}
    }

    /** @param requestHash of everything that makes the request what it is */
    public Decision begin(String apiKeyId, String idempotencyKey, String requestHash) {
        Instant now = clock.instant();
        IdempotencyStore.Attempt attempt =
                new IdempotencyStore.Attempt(apiKeyId, idempotencyKey, requestHash, Ids.next());
        return transactions.run(connection -> {
            Optional<String> requestId =
                    IdempotencyStore.claim(connection, attempt, now, now.plus(lease), now.minus(kept));
            return requestId.isPresent()
                    ? new Decision.CarryOut(new Claim(apiKeyId, idempotencyKey, attempt.id(), requestId.get()))
                    : decide(
                            IdempotencyStore.find(connection, apiKeyId, idempotencyKey)
                                    .orElseThrow(() -> new SQLException("a request vanished")),
                            requestHash,
                            now);
        });
    }

    private static Decision decide(IdempotencyStore.Row row, String requestHash, Instant now) {
        if (!row.requestHash().equals(requestHash)) {
            return new Decision.Mismatch();
        }
        return row.answer()
                .<Decision>map(answer -> new Decision.Replay(answer.status(), answer.body()))
                .orElseGet(() -> new Decision.InProgress(Duration.between(now, row.claimedUntil())));
    }

    /** Keeps the answer. Without effect when somebody else has taken the request over. */
    public void finish(Claim claim, int status, String body) {
        transactions.execute(
                connection -> IdempotencyStore.answer(connection, claim, new IdempotencyStore.Answer(status, body)));
    }

    /** The request had no effect and may be sent again. */
    public void abandon(Claim claim) {
        transactions.execute(connection -> IdempotencyStore.delete(connection, claim));
    }

    /** Deletes up to {@code maxRows} of those that were kept long enough; returns how many. */
    public int sweep(Connection connection, int maxRows) throws SQLException {
        return IdempotencyStore.deleteBefore(connection, clock.instant().minus(kept), maxRows);
    }
}
