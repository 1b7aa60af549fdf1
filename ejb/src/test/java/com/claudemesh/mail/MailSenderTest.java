package com.claudemesh.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.platform.MailSettings;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.testing.AtOnce;
import com.claudemesh.testing.SettableClock;
import com.claudemesh.testing.TestDatabase;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {
    private static final Mail HELLO =
            new Mail("test", "ada@example.org", "Gr\u00fc\u00dfe", "Hallo \u4e16\u754c\n", "<p>Hallo \u4e16\u754c</p>");

    private final SettableClock clock = new SettableClock();
    private final Transactions transactions = new Transactions(TestDatabase.fresh());
    private final AtRestCipher atRest = new AtRestCipher("11".repeat(32));
    private final MailOutbox outbox = new MailOutbox(atRest, clock, true);
    private final GreenMail smtp = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @BeforeEach
    void startMailServer() {
        smtp.start();
    }

    @AfterEach
    void stopMailServer() {
        smtp.stop();
    }

    @Test
    void sendDue_queuedMail_arrivesOnceWithBothForms() throws Exception {
        String id = queue(HELLO);

        assertThat(sender(smtpTransport()).sendDue()).isEqualTo(1);
        assertThat(sender(smtpTransport()).sendDue()).isZero();

        MimeMessage received = smtp.getReceivedMessages()[0];
        assertThat(smtp.getReceivedMessages()).hasSize(1);
        assertThat(received.getSubject()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(received.getAllRecipients()[0]).hasToString("ada@example.org");
        assertThat(received.getFrom()[0]).hasToString("mesh@example.org");
        assertThat(received.getMessageID()).isEqualTo("<" + id + "@example.org>");
        MimeMultipart parts = (MimeMultipart) received.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Hallo \u4e16\u754c");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    }

    @Test
    void sendDue_sentMail_leavesNoContentBehind() {
        queue(HELLO);
        sender(smtpTransport()).sendDue();

        assertThat(one("content_enc")).isNull();
        assertThat(one("sent_at")).isNotNull();
    }

    @Test
    void queue_mailWithASecretLink_isEncryptedAtRest() {
        queue(new Mail("test", "ada@example.org", "s", "https://mesh.example/sign-in/SECRET", "<p>SECRET</p>"));

        assertThat(one("o::text")).doesNotContain("SECRET");
    }

    @Test
    void queue_transactionRolledBack_sendsNothing() {
        assertThatThrownBy(() -> transactions.execute(connection -> {
                    outbox.queue(connection, HELLO);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(sender(smtpTransport()).sendDue()).isZero();
    }

    @Test
    void queue_withoutMailServer_isRefusedWithATypedOutcome() {
        MailOutbox none = new MailOutbox(atRest, clock, false);

        assertThat(transactions.<MailOutcome>run(connection -> none.queue(connection, HELLO)))
                .isEqualTo(new MailOutcome.NotConfigured());
    }

    @Test
    void sendDue_mailServerAway_triesAgainWithGrowingPausesAndDeliversWhenItIsBack() {
        queue(HELLO);
        MailSender sender = sender(smtpTransport());
        smtp.stop();

        assertThat(sender.sendDue()).isEqualTo(1);
        assertThat(sender.sendDue()).isZero();
        clock.advance(Duration.ofSeconds(30));
        assertThat(sender.sendDue()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(sender.sendDue()).isZero();
        clock.advance(Duration.ofSeconds(1));
        smtp.start();

        assertThat(sender(smtpTransport()).sendDue()).isEqualTo(1);
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void sendDue_everyAttemptFails_givesUpAndSaysWhy() {
        queue(HELLO);
        MailSender sender = sender((id, mail) -> {
            throw new MessagingException("550 no such user");
        });

        for (int i = 0; i < 3; i++) {
            assertThat(sender.sendDue()).isEqualTo(1);
            clock.advance(Duration.ofHours(3));
        }

        assertThat(sender.sendDue()).isZero();
        assertThat(one("failed_at")).isNotNull();
        assertThat(one("last_error")).contains("550 no such user");
        assertThat(one("content_enc")).isNull();
    }

    @Test
    void sendDue_manyNodesAtOnce_sendEachMailOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            queue(HELLO);
        }
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        MailSender sender = sender((id, mail) -> sent.add(id));

        List<Integer> tried = AtOnce.run(6, () -> sender.sendDue() + sender.sendDue());

        assertThat(tried.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
        assertThat(sent).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void sendDue_nodeDiedWhileSending_anotherSendsItAfterTheLease() {
        queue(HELLO);
        transactions.run(connection -> outbox.claim(connection, 10, Duration.ofMinutes(10)));
        MailSender other = sender(smtpTransport());
        assertThat(other.sendDue()).isZero();

        clock.advance(Duration.ofMinutes(10));

        assertThat(other.sendDue()).isEqualTo(1);
    }

    @Test
    void sendDue_mailOfAnotherKey_isGivenUpAndHoldsNobodyUp() {
        transactions.run(
                connection -> new MailOutbox(new AtRestCipher("22".repeat(32)), clock, true).queue(connection, HELLO));
        queue(HELLO);

        assertThat(sender(smtpTransport()).sendDue()).isEqualTo(2);

        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void mail_lineBreakInAHeader_isRefused() {
        assertThatThrownBy(() -> new Mail("test", "a@example.org\r\nBcc: b@example.org", "s", "t", "h"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mail("test", "a@example.org", "s\nX: y", "t", "h"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void send_serverWithoutStartTls_isRefusedWhenItIsRequired() {
        MailTransport strict = new SmtpTransport(settings(MailSettings.Encryption.STARTTLS));

        assertThatThrownBy(() -> strict.send("id", HELLO)).isInstanceOf(MessagingException.class);
        assertThat(smtp.getReceivedMessages()).isEmpty();
    }

    private String queue(Mail mail) {
        return ((MailOutcome.Queued) transactions.<MailOutcome>run(connection -> outbox.queue(connection, mail)))
                .mailId();
    }

    private MailTransport smtpTransport() {
        return new SmtpTransport(settings(MailSettings.Encryption.NONE));
    }

    private MailSettings settings(MailSettings.Encryption encryption) {
        return new MailSettings("127.0.0.1", smtp.getSmtp().getPort(), "", "", "mesh@example.org", encryption, 3);
    }

    private MailSender sender(MailTransport transport) {
        return new MailSender(transactions, outbox, transport, clock, 3, new Metrics());
    }

    private String one(String expression) {
        return transactions
                .run(connection -> Sql.list(
                        connection, "SELECT " + expression + " FROM public.mail_outbox o", row -> row.getString(1)))
                .get(0);
    }
}
