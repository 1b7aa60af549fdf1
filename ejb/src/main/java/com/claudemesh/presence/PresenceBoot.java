package com.claudemesh.presence;

import com.claudemesh.platform.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** Starts the clockwork of presence after the migrations and stops it before the application goes. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class PresenceBoot {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Settings settings;

    @Inject
    private PeerRegistry registry;

    @Inject
    private PresenceStore store;

    @Inject
    private StatusEngine statuses;

    @Inject
    private SavedGroups groups;

    @Inject
    private Departure departure;

    @Inject
    private Clock clock;

    private PresenceUpkeep upkeep;

    @PostConstruct
    void start() {
        upkeep = new PresenceUpkeep(
                registry,
                store,
                new NodeStore(database, settings.nodeName()),
                statuses,
                groups,
                departure,
                clock,
                times(),
                threads);
        try {
            upkeep.start();
        } catch (SQLException e) {
            throw new IllegalStateException("presence cannot start: " + e.getMessage(), e);
        }
    }

    private PresenceUpkeep.Times times() {
        Duration silence = Duration.ofMillis(settings.sockets().pongTimeoutMillis())
                .plus(settings.presence().leaseGrace())
                .plus(MARGIN);
        return new PresenceUpkeep.Times(silence, settings.presence().retention());
    }

    @PreDestroy
    void stop() {
        upkeep.close();
    }
}
