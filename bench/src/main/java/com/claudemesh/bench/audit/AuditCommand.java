package com.claudemesh.bench.audit;

import com.claudemesh.bench.server.DistributionOption;
import com.claudemesh.bench.server.ManagedServer;
import com.claudemesh.bench.server.RaisedLimits;
import com.claudemesh.protocol.frame.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Start a server, fill the record of a mesh, and time how soon it is verified: one JSON line.")
public final class AuditCommand implements Callable<Integer> {
    /** More would meet the limit on reads of a member. */
    private static final int MAX_REPEATS = 20;

    @Mixin
    private DistributionOption distribution;

    @Option(names = "--entries", defaultValue = "10000", description = "events in the record, at least (default 10000)")
    private int entries;

    @Option(names = "--repeats", defaultValue = "5", description = "how often it is verified (default 5)")
    private int repeats;

    @Override
    public Integer call() throws Exception {
        if (entries < 1 || repeats < 1 || repeats > MAX_REPEATS) {
            throw new IllegalArgumentException("--entries from 1, --repeats from 1 to " + MAX_REPEATS);
        }
        try (ManagedServer server = ManagedServer.start(distribution.folder(), RaisedLimits.with(Map.of()))) {
            AuditFigures figures = new AuditRun(server, entries, repeats).run();
            System.out.println(Json.mapper().writeValueAsString(figures));
            return figures.met() ? 0 : 1;
        }
    }
}
