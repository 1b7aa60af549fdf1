package com.claudemesh.mail;

import com.claudemesh.platform.EncryptedColumn;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the mail objects, one of each, for injection. */
@Dependent
public class MailWiring {

    @Produces
    @Singleton
    MailOutbox outbox(AtRestCipher atRest, Clock clock, Settings settings) {
        return new MailOutbox(atRest, clock, settings.mail().isConfigured());
    }

    @Produces
    EncryptedColumn contents() {
        return new EncryptedColumn("public.mail_outbox", "id", "content_enc", MailOutbox.PLACE);
    }

    @Produces
    @Singleton
    MailSender sender(Transactions transactions, MailOutbox outbox, Clock clock, Settings settings, Metrics metrics) {
        return new MailSender(
                transactions,
                outbox,
                new SmtpTransport(settings.mail()),
                clock,
                settings.mail().maxAttempts(),
                metrics);
    }
}
