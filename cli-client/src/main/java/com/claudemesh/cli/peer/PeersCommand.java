package com.claudemesh.cli.peer;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.RunsBare;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.GrantsFile;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peers}: who is connected, in one mesh or in all joined ones. */
@Command(description = "Show who is connected.")
public final class PeersCommand implements Callable<Integer>, RunsBare {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--all", description = "also connections of commands and background services")
    private boolean all;

    public PeersCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        ClientConfig config = services.configFile().load();
        List<Membership> meshes = new MeshSelection(config.memberships()).all(meshOption.slug());
        List<CliException> failures = new ArrayList<>();
        GrantsFile grants = services.grantsFile();
        ArrayNode answers = Output.array();
        try (MeshConnections connections = new MeshConnections(services, services.displayName(config))) {
            for (Membership mesh : meshes) {
                try {
                    PeerTable table =
                            PeerTable.of(mesh, connections.online(mesh), services.host(), all, grants.of(mesh.slug()));
                    table.show(output);
                    if (output.json()) {
                        answers.addObject().put("mesh", mesh.slug()).set("peers", output.project(table.records()));
                    }
                } catch (CliException failure) {
                    failures.add(failure);
                    if (meshes.size() > 1) {
                        output.warn(mesh.slug() + ": " + failure.getMessage(), failure.hint());
                        answers.addObject().put("mesh", mesh.slug()).put("error", failure.getMessage());
                    }
                }
            }
        }
        if (failures.size() == meshes.size()) {
            throw failures.get(0);
        }
        if (output.json()) {
            output.document(meshes.size() == 1 ? answers.get(0).get("peers") : answers);
        }
        return ExitCode.SUCCESS;
    }
}
