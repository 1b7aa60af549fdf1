package com.claudemesh.cli.mesh;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import java.nio.file.Path;
import java.util.Map;

/**
 * The outcome of joining.
 *
 * @param already the mesh was joined before; nothing changed
 */
public record Joined(Membership mesh, boolean already) {

    public void show(Output output, Path configFile) {
        output.document(Output.object()
                .put("slug", mesh.slug())
                .put("mesh_id", mesh.meshId())
                .put("member_id", mesh.memberId())
                .put("pubkey", mesh.pubkey())
                .put("already_member", already));
        String slug = Output.safe(mesh.slug());
        output.ok(already ? "already a member of " + slug : "joined " + slug);
        Map<String, String> rows = Output.rows();
        rows.put("member", mesh.memberId());
        rows.put("key", mesh.pubkey().substring(0, 16) + "…");
        rows.put("server", Output.safe(mesh.brokerUrl()));
        rows.put("config", configFile.toString());
        output.pairs(rows);
        output.hint("restart running Claude Code sessions so that they connect, or: claudemesh launch " + slug);
    }
}
