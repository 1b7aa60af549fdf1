package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.RunsBare;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list}: the joined meshes, and for somebody who is signed in also those of the account. */
@Command(description = "Show the joined meshes, and those of the account that is signed in.")
public final class ListCommand implements Callable<Integer>, RunsBare {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    public ListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        List<Membership> joined = services.configFile().load().memberships();
        Optional<List<ServerMesh>> atServer = signedIn() ? askServer(output) : Optional.empty();
        List<ListedMesh> meshes = merged(joined, atServer);
        ArrayNode records = Output.array();
        meshes.forEach(mesh -> records.add(mesh.json()));
        output.document(output.project(records));
        if (meshes.isEmpty()) {
            output.text("  no mesh joined");
            output.hint("claudemesh join <invitation link>, or: claudemesh create <name>");
        }
        meshes.forEach(mesh -> mesh.show(output));
        if (meshes.stream().anyMatch(mesh -> mesh.local().isEmpty())) {
            output.hint("○ are meshes of the account that this machine has no key for: claudemesh sync");
        }
        return 0;
    }

    /** Cheap, because most lists are shown to people without an account. */
    private boolean signedIn() {
        return account.token().isPresent()
                || services.host().variable("CLAUDEMESH_TOKEN").isPresent()
                || Files.exists(services.authFile().path());
    }

    /** What is joined is shown in any case. */
    private Optional<List<ServerMesh>> askServer(Output output) {
        try {
            return AccountSession.find(services, account, output, PATIENCE)
                    .map(session -> ServerMesh.list(session.broker()));
        } catch (CliException failure) {
            output.warn("only what is joined here: " + failure.getMessage(), failure.hint());
            return Optional.empty();
        }
    }

    private static List<ListedMesh> merged(List<Membership> joined, Optional<List<ServerMesh>> atServer) {
        List<ServerMesh> rows = atServer.orElse(List.of());
        List<ListedMesh> meshes = new ArrayList<>();
        for (Membership mesh : joined) {
            Optional<ServerMesh> row = rows.stream()
                    .filter(found -> found.id().equals(mesh.meshId()))
                    .findFirst();
            meshes.add(new ListedMesh(Optional.of(mesh), row, atServer.isPresent()));
        }
        rows.stream()
                .filter(row -> joined.stream().noneMatch(mesh -> mesh.meshId().equals(row.id())))
                .forEach(row -> meshes.add(new ListedMesh(Optional.empty(), Optional.of(row), true)));
        return meshes;
    }
}
