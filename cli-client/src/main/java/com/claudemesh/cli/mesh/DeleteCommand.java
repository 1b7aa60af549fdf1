package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}: forgets a mesh on this machine, or archives it for everybody. */
@Command(
        description = {
            "Forget a mesh on this machine, or with --everywhere archive it for everybody (its owner only).",
            "Without a terminal, confirm with -y."
        })
public final class DeleteCommand implements Callable<Integer> {
    private static final String HERE = "on this machine only";
    private static final String EVERYWHERE = "everywhere: nobody can connect to it any more";
    private static final String CANCEL = "cancel";

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(arity = "0..1", paramLabel = "<slug>", description = "which mesh")
    private @Nullable String slug;

    @Option(names = "--everywhere", description = "archive the mesh at the server, then forget it here")
    private boolean everywhere;

    public DeleteCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        String wanted = slug == null ? pick() : slug;
        if (globals.yes()) {
            return delete(wanted, everywhere, output);
        }
        if (!services.host().interactive()) {
            throw CliException.invalid(
                    "this can't be undone here, and nobody can be asked",
                    "confirm: claudemesh delete " + Output.safe(wanted) + (everywhere ? " --everywhere" : "") + " -y");
        }
        boolean both = everywhere || chooseEverywhere(wanted, output);
        if (both) {
            confirm(wanted);
        }
        return delete(wanted, both, output);
    }

    private String pick() {
        List<String> slugs = services.configFile().load().memberships().stream()
                .map(Membership::slug)
                .toList();
        if (slugs.isEmpty()) {
            throw CliException.notFound("no_mesh_joined", "no mesh joined", "name one: claudemesh delete <slug>");
        }
        if (!services.host().interactive()) {
            throw CliException.invalid("which mesh? joined: " + String.join(", ", slugs), "claudemesh delete <slug>");
        }
        OptionalInt choice = new Prompt(services.host())
                .choose(slugs.stream().map(Output::safe).toList());
        return slugs.get(choice.orElseThrow(DeleteCommand::cancelled));
    }

    /** Only its owner can archive a mesh, so nobody else is offered it. */
    private boolean chooseEverywhere(String wanted, Output output) {
        List<String> choices = owned(wanted, output) ? List.of(HERE, EVERYWHERE, CANCEL) : List.of(HERE, CANCEL);
        OptionalInt choice = new Prompt(services.host()).choose(choices);
        String chosen = choices.get(choice.orElseThrow(DeleteCommand::cancelled));
        if (chosen.equals(CANCEL)) {
            throw cancelled();
        }
        return chosen.equals(EVERYWHERE);
    }

    private boolean owned(String wanted, Output output) {
        try {
            return AccountSession.find(services, account, output, ApiClient.TIMEOUT)
                    .map(session -> ServerMesh.one(services, session, Optional.of(wanted)))
                    .filter(ServerMesh::owner)
                    .isPresent();
        } catch (CliException unknown) {
            output.warn("whether the mesh is yours could not be found out: " + unknown.getMessage(), unknown.hint());
            return false;
        }
    }

    private void confirm(String wanted) {
        String typed = new Prompt(services.host()).ask("Type the slug to delete it for everybody:");
        if (!typed.equals(wanted)) {
            throw cancelled();
        }
    }

    /** The server first: when it refuses, the key for a mesh that still exists must not be lost. */
    private int delete(String wanted, boolean atServer, Output output) {
        boolean local = services.configFile().load().membership(wanted).isPresent();
        if (!local && !atServer) {
            throw CliException.notFound(
                    "mesh_not_found",
                    "no joined mesh \"" + Output.safe(wanted) + "\"",
                    "claudemesh list; at the server: --everywhere");
        }
        if (atServer) {
            AccountSession session = AccountSession.require(services, account, output);
            ServerMesh mesh = ServerMesh.one(services, session, Optional.of(wanted));
            session.broker()
                    .delete("/cli/mesh/" + ApiClient.segment(mesh.slug()))
                    .orRefuse("delete the mesh");
        }
        if (local) {
            LocalMeshes.forget(services, wanted);
        }
        output.document(Output.object().put("slug", wanted).put("local", local).put("server", atServer));
        output.ok(
                (atServer ? "deleted " : "forgot ") + Output.safe(wanted), atServer ? "everywhere" : "on this machine");
        if (!atServer) {
            output.hint("to come back you need an invitation, or: claudemesh sync");
        }
        return ExitCode.SUCCESS;
    }

    private static CliException cancelled() {
        return new CliException(ExitCode.CANCELLED, "cancelled", "nothing was deleted", "");
    }
}
