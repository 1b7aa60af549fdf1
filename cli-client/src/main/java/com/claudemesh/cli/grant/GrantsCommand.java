package com.claudemesh.cli.grant;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.GrantsResult;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.ListGrants;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grants}: who may do something else than everybody. */
@Command(
        description = {
            "Show which peers may do something else than everybody.",
            "grants reset <peer> takes a peer back to what everybody may."
        })
public final class GrantsCommand implements Callable<Integer> {
    private static final int SHOWN_KEY_CHARS = 16;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public GrantsCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            Map<String, List<Grant>> grants = connections
                    .to(mesh)
                    .ask(new ListGrants(), GrantsResult.class)
                    .grants();
            services.grantsFile().store(mesh.slug(), grants);
            ObjectNode record = Output.object().put("mesh", mesh.slug());
            record.set("grants", Json.mapper().valueToTree(grants));
            output.document(output.project(record));
            show(mesh, grants, connections.known(mesh), output);
        }
        return ExitCode.SUCCESS;
    }

    private static void show(Membership mesh, Map<String, List<Grant>> grants, List<KnownPeer> known, Output output) {
        output.section("grants on " + Output.safe(mesh.slug()) + " (" + grants.size() + ")");
        output.text("  everybody else may: " + Capabilities.text(Capabilities.DEFAULT));
        grants.forEach((key, capabilities) ->
                output.text("  " + name(key, known) + key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length()))
                        + "… may: " + Capabilities.text(capabilities)));
    }

    private static String name(String key, List<KnownPeer> known) {
        return known.stream()
                .filter(peer -> peer.pubkey().equals(key))
                .findFirst()
                .map(peer -> Output.safe(peer.name()) + " ")
                .orElse("");
    }
}
