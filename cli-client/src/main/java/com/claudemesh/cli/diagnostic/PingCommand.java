package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.message.PriorityConverter;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Priority;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ping}: does the server answer, and how soon; with {@code --to}, how soon it has stored a message. */
@Command(
        description = {
            "Measure how soon the server answers.",
            "With --to, also how soon it has stored a message of each priority: that peer gets these messages."
        })
public final class PingCommand implements Callable<Integer> {
    private static final int MAX_COUNTED_UNREAD = 500;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--to", paramLabel = "peer", description = "send it a short message of each priority")
    private @Nullable String to;

    @Option(
            names = "--priority",
            split = ",",
            paramLabel = "now,next,low",
            converter = PriorityConverter.class,
            description = "which priorities to send (default: all)")
    private List<Priority> priorities = List.of(Priority.NOW, Priority.NEXT, Priority.LOW);

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
            Map<String, Long> stored = to == null ? Map.of() : probe(to, mesh, connections);
            if (to != null) {
                ObjectNode byPriority = record.putObject("stored_ms");
                stored.forEach(byPriority::put);
            }
            output.document(output.project(record));
            Map<String, String> rows = Output.rows();
            rows.put("mesh", Output.safe(mesh.slug()));
            rows.put("round trip", roundTripMillis + "ms");
            rows.put("peers online", Integer.toString(peers));
            rows.put("unread messages", Integer.toString(unread));
            stored.forEach((priority, millis) -> rows.put("stored, " + priority, millis + "ms"));
            output.pairs(rows);
        }
        return ExitCode.SUCCESS;
    }

    /** Milliseconds until the server had each message on disk, by priority. */
    private Map<String, Long> probe(String peer, Membership mesh, MeshConnections connections) {
        Recipient recipient =
                new NamedMember(connections, services.host().variable("CLAUDEMESH_SESSION_ID")).peer(peer, mesh);
        Map<String, Long> millis = new LinkedHashMap<>();
        for (Priority priority : priorities) {
            long start = System.nanoTime();
            connections
                    .to(mesh)
                    .send(OutgoingMessage.of(recipient.spec(), "ping " + priority.wire(), priority, Optional.empty()));
            millis.put(
                    priority.wire(), Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        return millis;
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
