package com.claudemesh.cli.mesh;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.SignIn;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync}: makes this machine a member of the account's meshes. */
@Command(
        description = {
            "Join the meshes of your account on this machine, after approval in a browser.",
            "A token from the page can also be piped or typed in."
        })
public final class SyncCommand implements Callable<Integer> {
    private final VerbServices services;
    private final Waiting waiting;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Option(names = "--force", description = "make new keys also for meshes that are joined already")
    private boolean force;

    public SyncCommand(VerbServices services) {
        this(services, Waiting.real());
    }

    SyncCommand(VerbServices services, Waiting waiting) {
        this.services = services;
        this.waiting = waiting;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        String server = new SignIn(services, output).server(account);
        SyncGrant grant = new SyncApproval(services, output, waiting).ask(server);
        List<Membership> added = new MeshSync(services, server).join(grant, force);
        int total = services.configFile().load().memberships().size();
        show(added, total, output);
        return ExitCode.SUCCESS;
    }

    private static void show(List<Membership> added, int total, Output output) {
        ObjectNode record = Output.object();
        ArrayNode slugs = record.putArray("added");
        added.forEach(mesh -> slugs.add(mesh.slug()));
        output.document(record.put("total", total));
        output.ok(
                added.isEmpty()
                        ? "up to date"
                        : "added "
                                + added.stream()
                                        .map(mesh -> Output.safe(mesh.slug()))
                                        .collect(Collectors.joining(", ")),
                total + " joined");
        if (!added.isEmpty()) {
            output.hint("restart running Claude Code sessions so that they connect");
        }
    }
}
