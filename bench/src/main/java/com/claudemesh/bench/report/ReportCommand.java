package com.claudemesh.bench.report;

import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.TextTable;
import com.claudemesh.bench.load.LoadReport;
import com.claudemesh.bench.raw.RawFigures;
import com.claudemesh.bench.server.DistributionOption;
import com.claudemesh.bench.server.ManagedServer;
import com.claudemesh.bench.server.RaisedLimits;
import com.claudemesh.protocol.frame.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = "Start a server, measure everything in one go, and compare with the ceilings and the targets.")
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private DistributionOption distribution;

    @Option(names = "--quick", description = "a tenth of everything, once: to see that it works, not for numbers")
    private boolean quick;

    @Option(names = "--jfr", description = "existing folder for flight recordings of the server under raw load")
    private @Nullable Path recordings;

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = RaisedLimits.with(Map.of("CLAUDEMESH_BENCH_ECHO", "true"));
        Measurements measurements;
        try (ManagedServer server = ManagedServer.start(distribution.folder(), environment)) {
            System.err.println("server ready, data in " + server.state().data());
            ReportRun.Size size = quick ? ReportRun.Size.quick() : ReportRun.Size.full();
            measurements = new ReportRun(server, size, recordings).run();
        }
        List<Target> targets = Targets.of(measurements);
        System.out.println(measurements.machine());
        System.out.println();
        System.out.println(throughput(measurements));
        System.out.println(idle(measurements));
        System.out.println(verdicts(targets));
        System.out.println(Json.mapper().writeValueAsString(measurements));
        return targets.stream().allMatch(Target::met) ? 0 : 1;
    }

    private static TextTable throughput(Measurements m) {
        TextTable table = new TextTable(
                "workload",
                "per second",
                "of echo",
                "of inserts",
                "delivery ms p50/p95/p99",
                "ack ms p50/p95/p99",
                "server MiB",
                "generator CPU %");
        table.row(
                "ceiling: container echo",
                m.echo().echoesPerSecond(),
                "1",
                "",
                m.echo().roundTripMillis(),
                "",
                "",
                m.echo().generatorCpuPercent());
        table.row("ceiling: batched inserts", m.inserts().messagesPerSecond(), "", "1", "", "", "", "");
        for (RawFigures raw : List.of(
                m.direct(),
                m.directAcknowledged(),
                m.fanout(),
                m.fanoutAcknowledged(),
                m.topic(),
                m.topicAcknowledged())) {
            table.row(
                    "raw " + raw.workload() + (raw.acknowledging() ? ", acknowledged" : ""),
                    raw.perSecond(),
                    Rounded.ratio(raw.perSecond(), m.echo().echoesPerSecond()),
                    Rounded.ratio(raw.perSecond(), m.inserts().messagesPerSecond()),
                    raw.deliveryMillis(),
                    raw.ackMillis(),
                    "",
                    raw.generatorCpuPercent());
        }
        for (LoadReport burst : m.bursts()) {
            load(table, m, "burst " + burst.senders() + "×" + burst.messagesPerSender(), burst);
        }
        load(table, m, "steady " + m.steadyPerSecond() + "/s", m.steady());
        return table;
    }

    private static void load(TextTable table, Measurements m, String name, LoadReport report) {
        table.row(
                name,
                report.messagesPerSecond(),
                Rounded.ratio(report.messagesPerSecond(), m.echo().echoesPerSecond()),
                Rounded.ratio(report.messagesPerSecond(), m.inserts().messagesPerSecond()),
                report.deliveryMillis(),
                report.ackMillis(),
                report.serverResidentMiBBefore() + " → " + report.serverResidentMiBAfter(),
                report.generatorCpuPercent());
    }

    private static TextTable idle(Measurements m) {
        TextTable table = new TextTable("idle connections", "heap KiB each", "resident MiB", "threads more", "ended");
        table.row(
                m.idle().connections(),
                m.idle().heapKiBPerConnection(),
                m.idle().residentMiBBefore() + " → " + m.idle().residentMiBAfter(),
                m.idle().threadsMore(),
                m.idle().ended());
        return table;
    }

    private static TextTable verdicts(List<Target> targets) {
        TextTable table = new TextTable("target", "wanted", "measured", "verdict");
        targets.forEach(one -> table.row(one.what(), one.wanted(), one.measured(), one.verdict()));
        return table;
    }
}
