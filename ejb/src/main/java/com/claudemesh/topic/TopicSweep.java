package com.claudemesh.topic;

import com.claudemesh.platform.Settings;
import com.claudemesh.platform.TopicNumbers;
import com.claudemesh.platform.Transactions;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** Deletes posts and mentions that have been kept long enough, in batches, every ten minutes. Runs on every node. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class TopicSweep {
    private static final Logger LOG = System.getLogger(TopicSweep.class.getName());
    private static final int BATCH = 1_000;

    @Inject
    private Transactions transactions;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    void sweep() {
        TopicNumbers numbers = settings.topics();
        Duration notices = Duration.ofDays(numbers.notificationDays());
        attempt(
                "posts_not_swept",
                connection -> PostStore.purge(connection, numbers.retentionDays(), clock.instant(), BATCH));
        attempt(
                "mentions_not_swept",
                connection -> Notifications.purge(connection, clock.instant().minus(notices), BATCH));
    }

    /** One table's sweep; returns how many rows it deleted. */
    @FunctionalInterface
    private interface Sweep {
        int run(Connection connection) throws SQLException;
    }

    private void attempt(String failure, Sweep sweep) {
        try {
            int deleted;
            do {
                deleted = transactions.run(sweep::run);
            } while (deleted == BATCH);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=" + failure, e);
        }
    }
}
