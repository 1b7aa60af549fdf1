package com.claudemesh.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The clockwork of presence: stale work and leases end on time, rows follow what peers say, this node shows that it lives,
 * dead nodes' rows are ended, old rows are deleted. Start once, after the migrations; close once.
 */
final class PresenceUpkeep implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PresenceUpkeep.class.getName());
    private static final long TICK_MILLIS = 1_000;
    private static final long MIRROR_MILLIS = 5_000;
    private static final long BEAT_MILLIS = 10_000;
    private static final long ROWS_MILLIS = 30_000;
    private static final long RETENTION_MILLIS = 3_600_000;
    private static final long NODE_DEAD_AFTER_MILLIS = 90_000;
    /** Senders may address a session key for 30 days after its last use. */
    private static final Duration SESSION_KEY_MEMORY = Duration.ofDays(31);

    private final PeerRegistry registry;
    private final PresenceStore rows;
    private final NodeStore nodes;
    private final StatusEngine statuses;
    private final SavedGroups groups;
    private final Departure departure;
    private final Clock clock;
    private final Times times;
    private final ScheduledExecutorService ticker;
    private final ScheduledExecutorService keeper;

    /**
     * @param silence longest time for which a live peer may not have answered
     * @param retention how long rows of ended presences are kept
     */
    record Times(Duration silence, Duration retention) {}

    PresenceUpkeep(
            PeerRegistry registry,
            PresenceStore rows,
            NodeStore nodes,
            StatusEngine statuses,
            SavedGroups groups,
            Departure departure,
            Clock clock,
            Times times,
            ThreadFactory threads) {
        this.registry = registry;
        this.rows = rows;
        this.nodes = nodes;
        this.statuses = statuses;
        this.groups = groups;
        this.departure = departure;
        this.clock = clock;
        this.times = times;
        this.ticker = Executors.newSingleThreadScheduledExecutor(threads);
        this.keeper = Executors.newScheduledThreadPool(2, threads);
    }

    void start() throws SQLException {
        nodes.started();
        every(ticker, TICK_MILLIS, "ticked", () -> {
            statuses.sweep();
            groups.sweep();
        });
        every(keeper, TICK_MILLIS, "leases", departure::endOverdue);
        every(keeper, MIRROR_MILLIS, "mirror", this::mirror);
        every(keeper, BEAT_MILLIS, "beat", nodes::beat);
        every(keeper, ROWS_MILLIS, "rows", this::keepRows);
        every(keeper, RETENTION_MILLIS, "retention", this::deleteOld);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private static void every(ScheduledExecutorService executor, long periodMillis, String name, Work work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "event=presence_upkeep_failed work=" + name + " cause=" + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=presence_upkeep_failed work=" + name, e);
            }
        };
        executor.scheduleWithFixedDelay(guarded, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** Brings the rows of peers that said something new up to date. */
    void mirror() throws SQLException {
        Map<Peer, PeerState.Snapshot> changed = new HashMap<>();
        for (Peer peer : registry.all()) {
            peer.state().unmirrored().ifPresent(labels -> changed.put(peer, labels));
        }
        if (!changed.isEmpty()) {
            rows.mirror(changed);
            changed.forEach((peer, labels) -> peer.state().mirrored(labels));
        }
    }

    /** Writes who answered, and ends the rows that nobody else will end. */
    void keepRows() throws SQLException {
        Instant now = clock.instant();
        List<Peer> live = registry.all();
        rows.pinged(live);
        nodes.endForgotten(now.minus(times.silence()), now);
        nodes.endPresencesOfDeadNodes(NODE_DEAD_AFTER_MILLIS, now);
    }

    void deleteOld() throws SQLException {
        Instant now = clock.instant();
        nodes.deleteEnded(now.minus(times.retention()));
        nodes.deleteSessionKeys(now.minus(SESSION_KEY_MEMORY));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        keeper.shutdownNow();
    }
}
