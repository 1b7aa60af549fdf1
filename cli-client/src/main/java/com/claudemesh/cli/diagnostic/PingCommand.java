package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ping}: does the server answer, and how soon. */
@Command(description = "Measure how soon the server answers.")
public final class PingCommand implements Callable<Integer> {
    private static final int MAX_COUNTED_UNREAD = 500;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public PingCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            connections.to(mesh);
            long start = System.nanoTime();
            int peers = connections.online(mesh).size();
            long roundTripMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            int unread = unread(mesh);
            ObjectNode record = Output.object()
                    .put("mesh", mesh.slug())
                    .put("ws_status", "open")
                    .put("peers_online", peers)
                    .put("push_buffer", unread)
                    .put("rtt_ms", roundTripMillis);
            output.document(output.project(record));
            Map<String, String> rows = Output.rows();
            rows.put("mesh", Output.safe(mesh.slug()));
            rows.put("round trip", roundTripMillis + "ms");
            rows.put("peers online", Integer.toString(peers));
            rows.put("unread messages", Integer.toString(unread));
            output.pairs(rows);
        }
        return ExitCode.SUCCESS;
    }

    private int unread(Membership mesh) {
        try {
            return services.inbox()
                    .list(mesh.meshId(), MAX_COUNTED_UNREAD, true)
                    .size();
        } catch (IOException unreadable) {
            throw CliException.io("can't read the inbox: " + unreadable.getMessage());
        }
    }
}
