package com.claudemesh.identity;

import com.claudemesh.identity.apikey.ApiKeys;
import com.claudemesh.identity.apikey.IdempotentRequests;
import com.claudemesh.identity.oidc.OidcAttempts;
import com.claudemesh.platform.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Writes last uses every ten seconds, and deletes what ended, in batches, every ten minutes. Runs on every node. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class IdentitySweep {
    private static final Logger LOG = System.getLogger(IdentitySweep.class.getName());
    private static final int BATCH = 1_000;

    @Inject
    private Transactions transactions;

    @Inject
    private WebSessions sessions;

    @Inject
    private AccountTokens tokens;

    @Inject
    private ApiKeys apiKeys;

    @Inject
    private IdempotentRequests apiRequests;

    @Inject
    private DeviceCodes devices;

    @Inject
    private AccountLinks links;

    @Inject
    private OidcAttempts oidcAttempts;

    @Inject
    private Throttle throttle;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void flushLastUses() {
        attempt("last_uses_lost", tokens::flushLastUses);
        attempt("last_uses_lost", apiKeys::flushLastUses);
    }

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    void sweep() {
        attempt("sessions_not_swept", () -> inBatches(sessions::sweep));
        attempt("tokens_not_swept", () -> inBatches(tokens::sweep));
        attempt("device_codes_not_swept", () -> inBatches(devices::sweep));
        attempt("links_not_swept", () -> inBatches(links::sweep));
        attempt("oidc_attempts_not_swept", () -> inBatches(oidcAttempts::sweep));
        attempt("api_requests_not_swept", () -> inBatches(apiRequests::sweep));
        attempt("throttles_not_swept", () -> inBatches(throttle::sweep));
    }

    /** One table's sweep. */
    @FunctionalInterface
    private interface Sweep {
        int run(java.sql.Connection connection, int maxRows) throws java.sql.SQLException;
    }

    private void inBatches(Sweep sweep) {
        int deleted;
        do {
            deleted = transactions.run(connection -> sweep.run(connection, BATCH));
        } while (deleted == BATCH);
    }

    private static void attempt(String failure, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=" + failure, e);
        }
    }

    @PreDestroy
    void stop() {
        flushLastUses();
    }
}
