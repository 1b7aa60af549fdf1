package com.claudemesh.messaging;

import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.MemberGroups;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.PresenceObservers;
import com.claudemesh.presence.PresenceStore;
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
import java.time.Instant;
import javax.sql.DataSource;

/** Starts messaging and presence after the migrations and stops them before the application goes. */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class MessagingWiring {
    private static final int MAX_WAITING = 50_000;
    private static final long PATIENCE_MILLIS = 8_000;

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Settings settings;

    @Inject
    private Metrics metrics;

    @Inject
    private MeshDirectory directory;

    @Inject
    private PeerRegistry registry;

    @Inject
    private PresenceStore presence;

    @Inject
    private MemberGroups memberGroups;

    @Inject
    private Conversations conversations;

    @Inject
    private PresenceObservers observers;

    @Inject
    private Clock clock;

    @Inject
    private MessagingDoor door;

    private MessagingEngine engine;

    @PostConstruct
    void start() {
        engine = new MessagingEngine(
                new MessagingEngine.Parts(
                        database, directory, registry, presence, memberGroups, conversations, metrics, clock, threads),
                numbers());
        try {
            presence.endEarlierRun(Instant.now(clock));
            engine.start();
        } catch (SQLException e) {
            throw new IllegalStateException("messaging cannot start: " + e.getMessage(), e);
        }
        observers.add(engine.service());
        door.open(engine.service());
    }

    private MessagingEngine.Numbers numbers() {
        Duration timeToLive = Duration.ofHours(settings.messageTtlHours());
        return new MessagingEngine.Numbers(
                settings.nodeName(),
                new JournalSettings(
                        settings.journalMaxRows(),
                        settings.journalLingerMicros(),
                        MAX_WAITING,
                        PATIENCE_MILLIS,
                        settings.claimLeaseMillis(),
                        settings.markLingerMillis()),
                new MessagingSettings(
                        settings.maxMessageBytes(),
                        timeToLive,
                        new MessagingSettings.Bucket(settings.sendBurst(), settings.sendPerMinute()),
                        new MessagingSettings.Bucket(settings.meshSendBurst(), settings.meshSendPerMinute()),
                        new MessagingSettings.Bucket(settings.loopBurst(), settings.loopPerMinute())),
                settings.deliveryPollMillis(),
                Duration.ofHours(settings.messageRetentionHours()),
                Duration.ofHours(settings.deadLetterRetentionHours()));
    }

    @PreDestroy
    void stop() {
        engine.close();
    }
}
