package com.claudemesh.mail;

import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Sends due mails every two seconds, and forgets old ones every hour. Runs on every node. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@ConcurrencyManagement(ConcurrencyManagementType.CONTAINER)
@TransactionManagement(TransactionManagementType.BEAN)
public class MailTimer {
    private static final Logger LOG = System.getLogger(MailTimer.class.getName());
    private static final int SWEEP_ROWS = 1_000;

    @Inject
    private Settings settings;

    @Inject
    private MailSender sender;

    @Inject
    private MailOutbox outbox;

    @Inject
    private Transactions transactions;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void send() {
        if (!settings.mail().isConfigured()) {
            return;
        }
        try {
            int tried;
            do {
                tried = sender.sendDue();
            } while (tried > 0);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=mail_round_failed", e);
        }
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void sweep() {
        try {
            transactions.execute(connection -> outbox.sweep(connection, SWEEP_ROWS));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=mail_sweep_failed", e);
        }
    }
}
