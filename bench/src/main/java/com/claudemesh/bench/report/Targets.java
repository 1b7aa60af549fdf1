package com.claudemesh.bench.report;

import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.load.LoadReport;
import com.claudemesh.bench.raw.RawFigures;
import java.util.List;

/** The targets of the project for one machine with two cores that runs server, database and generator. */
final class Targets {
    static final double BURST_PER_SECOND = 5_000;
    static final double STEADY_DELIVERY_P99_MILLIS = 30;
    static final double STEADY_ACK_P99_MILLIS = 15;
    static final double FANOUT_PER_SECOND = 40_000;
    static final double TOPIC_P99_MILLIS = 250;
    static final double SHARE_OF_ECHO = 0.4;
    static final double IDLE_HEAP_KIB = 40;
    /** Live objects after ten times as many messages may differ by this much, which is what caches and pools vary. */
    static final double FLAT_HEAP_MIB = 8;

    private Targets() {}

    static List<Target> of(Measurements m) {
        double heapGrowthMiB =
                Rounded.ratio(m.heapBytesAfterLargeBurst() - m.heapBytesAfterSmallBurst(), 1024.0 * 1024.0);
        return List.of(
                burst(m.smallBurst()),
                burst(m.largeBurst()),
                Target.atMost(
                        "steady " + m.steadyPerSecond() + "/s: p99 to the receiver",
                        STEADY_DELIVERY_P99_MILLIS,
                        m.steady().deliveryMillis().p99(),
                        " ms"),
                Target.atMost(
                        "steady " + m.steadyPerSecond() + "/s: p99 to the acknowledgement",
                        STEADY_ACK_P99_MILLIS,
                        m.steady().ackMillis().p99(),
                        " ms"),
                Target.atLeast(
                        m.fanout().workload(), FANOUT_PER_SECOND, m.fanout().perSecond(), " deliveries/s"),
                topic(m.topic()),
                topic(m.topicAcknowledged()),
                Target.atLeast(
                        "raw " + m.direct().workload() + " over the echo ceiling",
                        SHARE_OF_ECHO,
                        Rounded.ratio(m.direct().perSecond(), m.echo().echoesPerSecond()),
                        ""),
                Target.atMost("heap growth with ten times the messages", FLAT_HEAP_MIB, heapGrowthMiB, " MiB"),
                Target.atMost(
                        "heap of an idle connection", IDLE_HEAP_KIB, m.idle().heapKiBPerConnection(), " KiB"),
                Target.atMost("lost, repeated, overtaken or refused in any run", 0, m.broken(), ""));
    }

    private static Target burst(LoadReport report) {
        return Target.atLeast(
                "burst " + report.senders() + "×" + report.messagesPerSender(),
                BURST_PER_SECOND,
                report.messagesPerSecond(),
                " msg/s");
    }

    private static Target topic(RawFigures topic) {
        String how = topic.acknowledging() ? ", acknowledged" : "";
        return Target.atMost(
                topic.workload() + how + ": p99 to the receiver",
                TOPIC_P99_MILLIS,
                topic.deliveryMillis().p99(),
                " ms");
    }
}
