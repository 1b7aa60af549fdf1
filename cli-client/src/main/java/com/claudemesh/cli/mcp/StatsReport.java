package com.claudemesh.cli.mcp;

import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.SetStats;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what this session receives and sends in one mesh, and tells the others now and then. Safe for any thread. */
final class StatsReport {
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final MeshLink link;
    private final Timer timer;
    private final Clock clock;
    private final Diagnostics log;
    private final Instant started;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    StatsReport(MeshLink link, Timer timer, Clock clock, Diagnostics log) {
        this.link = link;
        this.timer = timer;
        this.clock = clock;
        this.log = log;
        this.started = clock.instant();
    }

    /** Reports for as long as the timer runs. */
    void start() {
        timer.after(PERIOD, () -> {
            report();
            start();
        });
    }

    void received() {
        received.incrementAndGet();
    }

    void sent(boolean stored) {
        (stored ? sent : failed).incrementAndGet();
    }

    private void report() {
        if (!link.online()) {
            return;
        }
        long uptime = Duration.between(started, clock.instant()).toSeconds();
        PeerStats stats =
                new PeerStats(received.get(), sent.get(), null, BigDecimal.valueOf(Math.max(0, uptime)), failed.get());
        link.tell(new SetStats(stats)).exceptionally(failure -> {
            log.info("the statistics were not reported: " + failure.getMessage());
            return null;
        });
    }
}
