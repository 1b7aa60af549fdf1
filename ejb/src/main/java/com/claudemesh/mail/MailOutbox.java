package com.claudemesh.mail;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door to mail, and its rows. The caller owns the transaction: a mail that tells about a change is queued with the
 * change. Blocking; safe for any thread.
 */
public final class MailOutbox {
    static final String PLACE = "mail_outbox.content";

    private static final Duration KEEP = Duration.ofDays(30);

    private final AtRestCipher atRest;
    private final Clock clock;
    private final boolean configured;

    public MailOutbox(AtRestCipher atRest, Clock clock, boolean configured) {
        this.atRest = atRest;
        this.clock = clock;
        this.configured = configured;
    }

    /** The parts of a mail that are encrypted together. */
    private record Content(String subject, String text, String html) {}

    /**
     * A mail that this node is to send now.
     *
     * @param mail empty when it cannot be decrypted
     */
    record Claimed(String id, Optional<Mail> mail, int attempts) {}

    /** Whether mail can be sent at all. */
    public boolean isConfigured() {
        return configured;
    }

    public MailOutcome queue(Connection connection, Mail mail) throws SQLException {
        if (!configured) {
            return new MailOutcome.NotConfigured();
        }
        String id = Ids.next();
        Sql.update(connection, """
                INSERT INTO public.mail_outbox (id, kind, recipient, content_enc, created_at, next_try_at)
                VALUES (?, ?, ?, ?, ?, ?)""", id, mail.kind(), mail.to(), seal(id, mail), clock.instant(), clock.instant());
        return new MailOutcome.Queued(id);
    }

    /** Claims due mails, oldest first; nobody else gets them until {@code lease} is over. */
    List<Claimed> claim(Connection connection, int maxRows, Duration lease) throws SQLException {
        return Sql.list(
                connection,
                """
                UPDATE public.mail_outbox o SET attempts = o.attempts + 1, next_try_at = ?
                WHERE o.id IN (
                    SELECT id FROM public.mail_outbox WHERE sent_at IS NULL AND failed_at IS NULL AND next_try_at <= ?
                    ORDER BY next_try_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id, kind, recipient, content_enc, attempts""",
                row -> new Claimed(
                        row.getString(1),
                        open(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        row.getInt(5)),
                clock.instant().plus(lease),
                clock.instant(),
                maxRows);
    }

    void sent(Connection connection, String id) throws SQLException {
        Sql.update(
                connection,
                "UPDATE public.mail_outbox SET sent_at = ?, content_enc = NULL, last_error = NULL WHERE id = ?",
                clock.instant(),
                id);
    }

    /** @param nextTry null when there is none */
    void notSent(Connection connection, String id, String error, @Nullable Instant nextTry) throws SQLException {
        if (nextTry == null) {
            Sql.update(
                    connection,
                    "UPDATE public.mail_outbox SET failed_at = ?, content_enc = NULL, last_error = ? WHERE id = ?",
                    clock.instant(),
                    error,
                    id);
        } else {
            Sql.update(
                    connection,
                    "UPDATE public.mail_outbox SET next_try_at = ?, last_error = ? WHERE id = ?",
                    nextTry,
                    error,
                    id);
        }
    }

    /** Deletes up to {@code maxRows} mails that ended long ago; returns how many. */
    public int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.mail_outbox WHERE id IN (
                    SELECT id FROM public.mail_outbox WHERE coalesce(sent_at, failed_at) < ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant().minus(KEEP), maxRows);
    }

    /** Mails that wait to be sent. */
    long waiting(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM public.mail_outbox WHERE sent_at IS NULL AND failed_at IS NULL",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    private String seal(String id, Mail mail) {
        try {
            Content content = new Content(mail.subject(), mail.text(), mail.html());
            return atRest.encrypt(Json.mapper().writeValueAsString(content), place(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mail cannot be written", e);
        }
    }

    private Optional<Mail> open(String id, String kind, String recipient, String sealed) {
        return atRest.decrypt(sealed, place(id)).flatMap(json -> {
            try {
                Content content = Json.mapper().readValue(json, Content.class);
                return Optional.of(new Mail(kind, recipient, content.subject(), content.text(), content.html()));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }

    private static String place(String id) {
        return PLACE + "|" + id;
    }
}
