package com.claudemesh.cli.moderation;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.KickAck;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A verb that ends connections of others. */
abstract class Removal implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Mixin
    private final WhoOptions who = new WhoOptions();

    Removal(VerbServices services) {
        this.services = services;
    }

    /** Asks the server; whatever it answers, in the shape of a kick's answer. */
    abstract KickAck remove(MeshConnection connection, WhoOptions who, @Nullable String target);

    /** What was done, and what it means for them. */
    abstract String verb();

    abstract String hint();

    @Override
    public final Integer call() {
        who.check();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            NamedMember members = new NamedMember(connections, services.host().variable("CLAUDEMESH_SESSION_ID"));
            show(remove(connections.to(mesh), who, who.target(members, mesh)), output);
        }
        return ExitCode.SUCCESS;
    }

    private void show(KickAck done, Output output) {
        List<String> skipped = Optional.ofNullable(done.skippedControlPlane()).orElse(List.of());
        if (done.affected().isEmpty() && skipped.isEmpty() && who.namesOne()) {
            throw CliException.notFound(
                    "peer_not_found", "no connection of \"" + Output.safe(who.typed()) + "\"", "claudemesh peers");
        }
        if (done.affected().isEmpty()) {
            output.text("  no peers matched");
        } else {
            output.ok(verb() + " " + names(done.affected()));
            output.hint(hint());
        }
        ObjectNode record = Output.object();
        done.affected().forEach(record.putArray("affected")::add);
        if (!skipped.isEmpty()) {
            output.warn("left alone: " + names(skipped), "background services: stop them where they run, or ban them");
            skipped.forEach(record.putArray("skipped_control_plane")::add);
        }
        output.acknowledge(record);
    }

    private static String names(List<String> names) {
        return names.stream().map(Output::safe).collect(Collectors.joining(", "));
    }
}
