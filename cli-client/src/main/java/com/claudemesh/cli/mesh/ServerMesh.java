package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mesh of the account as its server lists it.
 *
 * @param slug at the server; the same mesh may have another one on this machine
 * @param role {@code admin} or {@code member}
 * @param joinedAt ISO instant
 */
public record ServerMesh(
        String id,
        String slug,
        String name,
        String role,
        boolean owner,
        int memberCount,
        int activePeers,
        String joinedAt,
        String brokerUrl) {

    static List<ServerMesh> list(ApiClient broker) {
        JsonNode body = broker.get("/cli/meshes")
                .orRefuse("list the meshes of the account")
                .body();
        List<ServerMesh> meshes = new ArrayList<>();
        body.path("meshes").forEach(row -> meshes.add(of(row)));
        return List.copyOf(meshes);
    }

    /**
     * The mesh that a verb is about: the joined one that the option names, or the one that is used, or one that is only
     * at the server.
     *
     * @throws CliException exit code 5 when the account has no such mesh, 3 when several could be meant
     */
    public static ServerMesh one(VerbServices services, AccountSession session, MeshOption option) {
        return one(services, session, option.slug());
    }

    static ServerMesh one(VerbServices services, AccountSession session, Optional<String> slug) {
        ClientConfig config = services.configFile().load();
        Optional<Membership> joined = slug.isPresent()
                ? config.membership(slug.get())
                : Optional.of(new MeshSelection(config.memberships())
                        .one(Optional.empty(), services.lastUsed().slug()));
        List<ServerMesh> meant = list(session.broker()).stream()
                .filter(mesh -> joined.isPresent()
                        ? mesh.id().equals(joined.get().meshId())
                        : mesh.slug().equals(slug.orElse("")) || mesh.id().equals(slug.orElse("")))
                .toList();
        if (meant.size() > 1) {
            throw CliException.invalid(
                    "the account has several meshes \"" + Output.safe(slug.orElse("")) + "\"",
                    "give the id instead: claudemesh list --json slug,mesh_id");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> unknown(joined.map(Membership::slug).or(() -> slug), session));
    }

    private static CliException unknown(Optional<String> slug, AccountSession session) {
        String who = session.credential()
                .user()
                .map(user -> Output.safe(user.email()))
                .orElse("this account");
        return CliException.notFound(
                "mesh_not_found",
                who + " has no mesh \"" + Output.safe(slug.orElse("")) + "\" at "
                        + Output.safe(session.credential().server()),
                "sign in with the account that owns it (claudemesh whoami, claudemesh login)");
    }

    private static ServerMesh of(JsonNode row) {
        return new ServerMesh(
                row.path("id").asText(""),
                row.path("slug").asText(""),
                row.path("name").asText(""),
                row.path("role").asText("member"),
                row.path("is_owner").asBoolean(),
                row.path("member_count").asInt(),
                row.path("active_peers").asInt(),
                row.path("joined_at").asText(""),
                row.path("broker_url").asText(""));
    }
}
