package com.claudemesh.bench.gauntlet;

import com.claudemesh.bench.figures.TextTable;
import com.claudemesh.bench.gauntlet.fault.ClockJump;
import com.claudemesh.bench.gauntlet.fault.ConnectionStorm;
import com.claudemesh.bench.gauntlet.fault.FrozenClients;
import com.claudemesh.bench.gauntlet.fault.MalformedFrames;
import com.claudemesh.bench.gauntlet.fault.ProcessKill;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.DistributionOption;
import com.claudemesh.bench.server.ManagedServer;
import com.claudemesh.bench.server.RaisedLimits;
import com.claudemesh.protocol.frame.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gauntlet",
        description = "Start a server, let faults strike it under load, and check that every promise holds.")
public final class GauntletCommand implements Callable<Integer> {
    private static final String OUTBOX_BYTES = "1048576";
    private static final int WARM_UP_MILLIS = 2_000;

    @Mixin
    private DistributionOption distribution;

    @Option(names = "--seed", defaultValue = "1", description = "of all random decisions (default 1)")
    private long seed;

    @Option(names = "--rounds", description = "rounds of every fault (default: as many as each fault's full run has)")
    private @Nullable Integer rounds;

    @Option(names = "--faults", split = ",", description = "only these, in the order given (default: all)")
    private List<String> names = List.of();

    @Option(names = "--pairs", defaultValue = "8", description = "pairs of clients with traffic (default 8)")
    private int pairs;

    @Option(names = "--rate", defaultValue = "400", description = "messages per second of the traffic (default 400)")
    private int perSecond;

    @Option(names = "--malformed", defaultValue = "100000", description = "malformed frames (default 100000)")
    private int malformedFrames;

    @Option(names = "--storm", defaultValue = "500", description = "reconnects, a multiple of 100 (default 500)")
    private int stormConnections;

    @Option(names = "--frozen", defaultValue = "20", description = "frozen clients (default 20)")
    private int frozenClients;

    @Option(names = "--frozen-seconds", defaultValue = "25", description = "how long they are frozen (default 25)")
    private int frozenSeconds;

    @Option(names = "--jumps", defaultValue = "8", description = "clock jumps in a round, 1 to 8 (default 8)")
    private int jumps;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        List<Fault> faults = chosen();
        Map<String, String> environment = RaisedLimits.with(Map.of(
                "CLAUDEMESH_OUTBOX_MAX_BYTES",
                OUTBOX_BYTES,
                // Whoever is frozen is cut off half way through.
                "CLAUDEMESH_STALLED_WRITE_MILLIS",
                Integer.toString(Math.max(500, frozenSeconds * 500))));
        List<FaultReport> reports = new ArrayList<>();
        try (ManagedServer server = ManagedServer.start(distribution.folder(), environment);
                Traffic traffic = new Traffic(
                        server.webSocketUrl(),
                        new Provisioner(server.api()).mesh("traffic", 2 * pairs),
                        pairs,
                        perSecond)) {
            System.err.println("server ready, data in " + server.state().data() + ", seed " + seed);
            Arena arena = new Arena(server, traffic);
            warmUp(arena);
            Gauntlet gauntlet = new Gauntlet(arena, seed);
            for (Fault fault : faults) {
                System.err.println(fault.name());
                reports.add(gauntlet.run(fault, rounds == null ? fault.rounds() : rounds));
            }
        }
        print(reports);
        return reports.stream().allMatch(FaultReport::passed) ? 0 : 1;
    }

    private void checkOptions() {
        if (pairs < 1 || perSecond < 1 || malformedFrames < 1 || frozenClients < 1 || frozenSeconds < 0) {
            throw new IllegalArgumentException("--pairs, --rate, --malformed and --frozen must be at least 1");
        }
        if (stormConnections < 100 || stormConnections % 100 != 0) {
            throw new IllegalArgumentException("--storm must be a multiple of 100");
        }
        if (jumps < 1 || jumps > 8 || rounds != null && rounds < 1) {
            throw new IllegalArgumentException("--jumps must be 1 to 8 and --rounds at least 1");
        }
    }

    private List<Fault> chosen() {
        List<Fault> all = List.of(
                new MalformedFrames(malformedFrames),
                new ConnectionStorm(stormConnections),
                new FrozenClients(frozenClients, 1_000L * frozenSeconds),
                new ClockJump(jumps),
                ProcessKill.ofPostgres(),
                ProcessKill.ofServer());
        if (names.isEmpty()) {
            return all;
        }
        return names.stream()
                .map(name -> all.stream()
                        .filter(fault -> fault.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no fault " + name + "; there are "
                                + all.stream().map(Fault::name).toList())))
                .toList();
    }

    /** Grows the pools and caches that a server in use has, so that they do not count as leaks. */
    private void warmUp(Arena arena) throws Exception {
        arena.traffic().flow();
        ConnectionStorm storm = new ConnectionStorm(stormConnections);
        storm.prepare(arena);
        Patience.pass(WARM_UP_MILLIS);
        storm.cleanUp();
    }

    private static void print(List<FaultReport> reports) throws Exception {
        TextTable table = new TextTable(
                "fault",
                "rounds",
                "acknowledged",
                "lost",
                "duplicates",
                "out of order",
                "handed out again",
                "threads",
                "files",
                "heap MiB",
                "seconds",
                "verdict");
        for (FaultReport report : reports) {
            table.row(
                    report.fault(),
                    report.rounds(),
                    report.balance().acknowledged(),
                    report.balance().lost(),
                    report.balance().duplicates(),
                    report.balance().outOfOrder(),
                    report.redelivered(),
                    report.before().threads() + " → " + report.after().threads(),
                    report.before().openFiles() + " → " + report.after().openFiles(),
                    (report.before().liveHeapBytes() >> 20) + " → "
                            + (report.after().liveHeapBytes() >> 20),
                    report.seconds(),
                    report.passed() ? "holds" : "BROKEN: " + String.join("; ", report.problems()));
        }
        System.out.print(table);
        for (FaultReport report : reports) {
            System.out.println(Json.mapper().writeValueAsString(report));
        }
    }
}
