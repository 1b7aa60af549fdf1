package com.claudemesh.cli.mesh;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list}: the joined meshes, from this machine's configuration. */
@Command(description = "Show the joined meshes.")
public final class ListCommand implements Callable<Integer> {
    /** What only the server knows, and tells only to people who have signed in: null here, not a guess. */
    private static final List<String> SERVER_FIELDS = List.of("role", "is_owner", "member_count", "active_peers");

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public ListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        List<Membership> meshes = services.configFile().load().memberships();
        ArrayNode records = Output.array();
        meshes.forEach(mesh -> records.add(record(mesh)));
        output.document(output.project(records));
        if (meshes.isEmpty()) {
            output.text("  no mesh joined");
            output.hint("claudemesh join <invitation link>");
        }
        meshes.forEach(mesh -> show(mesh, output));
        return 0;
    }

    private static ObjectNode record(Membership mesh) {
        ObjectNode record = Output.object();
        record.put("slug", mesh.slug()).put("name", mesh.name()).put("mesh_id", mesh.meshId());
        SERVER_FIELDS.forEach(record::putNull);
        record.put("local", true).putNull("server");
        return record.put("joined_at", mesh.joinedAt()).put("broker_url", mesh.brokerUrl());
    }

    private static void show(Membership mesh, Output output) {
        String name = mesh.name().equals(mesh.slug()) ? "" : "  " + Output.safe(mesh.name());
        output.text("  " + output.palette().yellow("●") + " " + Output.safe(mesh.slug()) + name);
        output.text("    " + output.palette().dim(Output.safe(mesh.brokerUrl()) + " · joined " + mesh.joinedAt()));
    }
}
