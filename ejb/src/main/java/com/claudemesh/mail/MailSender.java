package com.claudemesh.mail;

import com.claudemesh.platform.Counter;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Transactions;
import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. No transaction is open while the mail server is talked to: the claim keeps other nodes away for its
 * lease. After a failure the pauses grow from half a minute to two hours. Call it every few seconds; safe for any thread.
 */
public final class MailSender {
    private static final Logger LOG = System.getLogger(MailSender.class.getName());
    private static final int BATCH = 10;
    /** Longer than a whole batch can take with every step of the transport at its timeout. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private final Transactions transactions;
    private final MailOutbox outbox;
    private final MailTransport transport;
    private final Clock clock;
    private final int maxAttempts;
    private final Counter sent;
    private final Counter failed;

    public MailSender(
            Transactions transactions,
            MailOutbox outbox,
            MailTransport transport,
            Clock clock,
            int maxAttempts,
            Metrics metrics) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.transport = transport;
        this.clock = clock;
        this.maxAttempts = maxAttempts;
        this.sent = metrics.counter("claudemesh_mails_sent_total", "Mails that the mail server took");
        this.failed = metrics.counter("claudemesh_mails_failed_total", "Failed attempts to send a mail");
        metrics.gauge(
                "claudemesh_mails_waiting", "Mails that wait to be sent", () -> transactions.run(outbox::waiting));
    }

    /** Sends one batch; returns how many mails were tried. */
    public int sendDue() {
        List<MailOutbox.Claimed> due = transactions.run(connection -> outbox.claim(connection, BATCH, LEASE));
        due.forEach(this::send);
        return due.size();
    }

    private void send(MailOutbox.Claimed claimed) {
        if (claimed.mail().isEmpty()) {
            giveUp(claimed, "unreadable: is BROKER_ENCRYPTION_KEY the one it was written with?", null);
            return;
        }
        try {
            transport.send(claimed.id(), claimed.mail().get());
        } catch (MessagingException | RuntimeException e) {
            giveUp(claimed, e.getClass().getSimpleName() + ": " + e.getMessage(), nextTry(claimed.attempts()));
            return;
        }
        sent.increment();
        transactions.execute(connection -> outbox.sent(connection, claimed.id()));
    }

    /** For now, or for good when there is no next try. */
    private void giveUp(MailOutbox.Claimed claimed, String error, @Nullable Instant nextTry) {
        failed.increment();
        LOG.log(
                nextTry == null ? Level.ERROR : Level.WARNING,
                "event=mail_failed mail=" + claimed.id() + " attempts=" + claimed.attempts() + " error=" + error);
        transactions.execute(connection -> outbox.notSent(connection, claimed.id(), error, nextTry));
    }

    private @Nullable Instant nextTry(int attempts) {
        if (attempts >= maxAttempts) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
