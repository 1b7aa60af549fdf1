package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.RunsBare;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.Version;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.net.Reachability;
import com.claudemesh.cli.net.Reachability.Reachable;
import com.claudemesh.cli.net.Reachability.Unreachable;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: version, configuration, and whether each mesh's server can be reached. */
@Command(description = "Show the version, the configuration and whether each server can be reached.")
public final class StatusCommand implements Callable<Integer>, RunsBare {
    static final String PRIVATE_MODE = "rw-------";
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(4);

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public StatusCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        Path file = services.home().configFile();
        String mode = PrivateFiles.mode(file).orElse("");
        ObjectNode answer = Output.object()
                .put("version", Version.current())
                .put("config", file.toString())
                .put("perms", mode);
        List<Membership> meshes = services.configFile().load().memberships();
        showHead(output, file, mode);
        boolean allReachable = probe(meshes, answer.putArray("meshes"), output);
        output.document(output.project(answer));
        return allReachable ? ExitCode.SUCCESS : ExitCode.NETWORK_ERROR;
    }

    private static void showHead(Output output, Path file, String mode) {
        output.section("claudemesh v" + Version.current());
        Map<String, String> rows = Output.rows();
        boolean open = !mode.isEmpty() && !mode.equals(PRIVATE_MODE);
        rows.put("config", file + (open ? "  (" + mode + ", expected " + PRIVATE_MODE + ")" : ""));
        output.pairs(rows);
    }

    private boolean probe(List<Membership> meshes, ArrayNode records, Output output) {
        boolean allReachable = true;
        for (Membership mesh : meshes) {
            Reachability found = services.meshes().probe(mesh.brokerUrl(), PROBE_TIMEOUT);
            ObjectNode record = records.addObject().put("slug", mesh.slug()).put("brokerUrl", mesh.brokerUrl());
            String where = Output.safe(mesh.slug()) + " → " + Output.safe(mesh.brokerUrl());
            if (found instanceof Reachable reachable) {
                record.put("reachable", true)
                        .put("latencyMs", reachable.latencyMillis())
                        .putNull("error");
                output.ok(
                        where,
                        reachable.latencyMillis() + "ms, key " + mesh.pubkey().substring(0, 16) + "…");
            } else if (found instanceof Unreachable unreachable) {
                allReachable = false;
                record.put("reachable", false).putNull("latencyMs").put("error", unreachable.reason());
                output.warn(where + " can't be reached", unreachable.reason());
            }
        }
        if (meshes.isEmpty()) {
            output.text("  no mesh joined");
        }
        return allReachable;
    }
}
