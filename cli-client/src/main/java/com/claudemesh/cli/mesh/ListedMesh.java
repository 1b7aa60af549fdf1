package com.claudemesh.cli.mesh;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.Palette;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A mesh that is joined here, or the account's, or both.
 *
 * @param serverAsked whether the server could say: what it did not is null, not a guess
 */
record ListedMesh(Optional<Membership> local, Optional<ServerMesh> server, boolean serverAsked) {

    ObjectNode json() {
        ObjectNode record = Output.object()
                .put("slug", slug())
                .put(
                        "name",
                        local.map(Membership::name)
                                .or(() -> server.map(ServerMesh::name))
                                .orElse(""))
                .put(
                        "mesh_id",
                        local.map(Membership::meshId)
                                .or(() -> server.map(ServerMesh::id))
                                .orElse(""))
                .put("role", server.map(ServerMesh::role).orElse(null))
                .put("is_owner", server.map(ServerMesh::owner).orElse(null))
                .put("member_count", server.map(ServerMesh::memberCount).orElse(null))
                .put("active_peers", server.map(ServerMesh::activePeers).orElse(null))
                .put("local", local.isPresent())
                .put("server", serverAsked ? (Boolean) server.isPresent() : null);
        return record.put(
                        "joined_at",
                        local.map(Membership::joinedAt)
                                .or(() -> server.map(ServerMesh::joinedAt))
                                .orElse(""))
                .put(
                        "broker_url",
                        local.map(Membership::brokerUrl)
                                .or(() -> server.map(ServerMesh::brokerUrl))
                                .orElse(""));
    }

    void show(Output output) {
        Palette palette = output.palette();
        String name = local.map(Membership::name)
                .or(() -> server.map(ServerMesh::name))
                .orElse("");
        String title = Output.safe(slug()) + (name.equals(slug()) ? "" : "  " + Output.safe(name));
        String role = server.map(mesh -> "  " + (mesh.owner() ? palette.clay("owner") : Output.safe(mesh.role())))
                .orElse("");
        output.text("  " + dot(palette) + " " + title + role);
        output.text("    " + palette.dim(details()));
    }

    private String dot(Palette palette) {
        if (local.isEmpty()) {
            return palette.dim("○");
        }
        return server.isPresent() ? palette.green("●") : palette.yellow("●");
    }

    private String details() {
        String counts = server.map(mesh -> mesh.memberCount() + (mesh.memberCount() == 1 ? " member, " : " members, ")
                        + mesh.activePeers() + " online · ")
                .orElse("");
        String where = local.map(mesh -> Output.safe(mesh.brokerUrl()) + " · joined " + mesh.joinedAt())
                .orElse("only at the server");
        return counts + where;
    }

    private String slug() {
        return local.map(Membership::slug)
                .or(() -> server.map(ServerMesh::slug))
                .orElse("");
    }
}
