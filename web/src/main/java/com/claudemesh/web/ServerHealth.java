package com.claudemesh.web;

import com.claudemesh.platform.DatabaseBoot;
import com.claudemesh.platform.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the server knows about its own state. */
@ApplicationScoped
public class ServerHealth {
    private static final Logger LOG = System.getLogger(ServerHealth.class.getName());
    private static final int VALIDATION_SECONDS = 2;
    /** Payara's out-of-the-box size, with which a handful of slow requests blocks everybody. */
    private static final int TOO_FEW_THREADS = 5;

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @EJB
    private DatabaseBoot boot;

    @Inject
    private Metrics metrics;

    @PostConstruct
    void register() {
        metrics.gauge("broker_db_healthy", "1 while the database answers", () -> databaseAnswers() ? 1 : 0);
    }

    boolean databaseAnswers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "event=database_down", e);
            return false;
        }
    }

    /** The first reason why clients should not be sent here; empty when ready. */
    Optional<String> whyNotReady() {
        if (!databaseAnswers()) {
            return Optional.of("db_down");
        }
        if (!boot.isCurrent()) {
            return Optional.of("migration_missing");
        }
        OptionalInt threads = HttpThreadPool.maxThreads();
        if (threads.isPresent() && threads.getAsInt() <= TOO_FEW_THREADS) {
            return Optional.of("http_thread_pool_too_small");
        }
        return Optional.empty();
    }

    String version() {
        String version = ServerHealth.class.getPackage().getImplementationVersion();
        return version == null ? "1.0.0" : version.replace("-SNAPSHOT", "");
    }

    String gitSha() {
        return ConfigProvider.getConfig()
                .getOptionalValue("GIT_SHA", String.class)
                .orElse("unknown");
    }

    long uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1_000;
    }
}
