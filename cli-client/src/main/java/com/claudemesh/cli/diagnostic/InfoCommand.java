package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.MeshInfo;
import com.claudemesh.protocol.frame.MeshInfoResult;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code info}: an overview of one mesh. */
@Command(description = "Show an overview of a mesh.")
public final class InfoCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public InfoCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            MeshInfoResult info = connections.to(mesh).ask(new MeshInfo(), MeshInfoResult.class);
            output.document(output.project(record(mesh, info)));
            show(mesh, info, output);
        }
        return ExitCode.SUCCESS;
    }

    private static ObjectNode record(Membership mesh, MeshInfoResult info) {
        ObjectNode record = Output.object()
                .put("slug", mesh.slug())
                .put("meshId", mesh.meshId())
                .put("memberId", mesh.memberId())
                .put("brokerUrl", mesh.brokerUrl())
                .put("displayName", info.yourName())
                .put("peerCount", info.peers())
                .put("stateCount", info.stateKeys().size());
        ObjectNode overview = Json.mapper().valueToTree(info);
        overview.remove("type");
        return record.setAll(overview);
    }

    private static void show(Membership mesh, MeshInfoResult info, Output output) {
        output.section(Output.safe(mesh.slug()) + " · " + Output.safe(mesh.brokerUrl()));
        Map<String, String> rows = Output.rows();
        rows.put("mesh", Output.safe(mesh.meshId()));
        rows.put("member", Output.safe(mesh.memberId()));
        rows.put("you", Output.safe(info.yourName()));
        rows.put("peers", Integer.toString(info.peers()));
        rows.put("groups", Output.safe(String.join(" ", info.groups())));
        rows.put("state keys", Integer.toString(info.stateKeys().size()));
        output.pairs(rows);
    }
}
