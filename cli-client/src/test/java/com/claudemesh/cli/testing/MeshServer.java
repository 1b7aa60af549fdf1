package com.claudemesh.cli.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The mesh management of a server, for the account that is signed in. */
public final class MeshServer extends AccountServer {

    public MeshServer() {
        on("POST", "/cli/mesh/create", signedIn(this::create));
        on(
                "DELETE",
                "/cli/mesh/([^/]+)",
                signedIn(request -> delete(request.segments().get(0))));
        on("POST", "/cli/mesh/([^/]+)/invite", signedIn(this::invite));
        on("PATCH", "/api/my/meshes/([^/]+)", signedIn(this::rename));
        on("PATCH", "/api/cli/meshes/([^/]+)", signedIn(this::changeSlug));
    }

    /** A host that is signed in here. */
    public TestHost host(TestHost host) {
        signIn(host);
        return host;
    }

    private Reply create(Request request) {
        String name = request.body().path("name").asText("");
        if (name.isEmpty()) {
            return Reply.error(400, "name required");
        }
        if (!request.body().path("pubkey").asText("").matches("[0-9a-f]{64}")) {
            return Reply.error(400, "pubkey required (64 hex chars)");
        }
        if (name.equals("taken")) {
            return Reply.error(409, "Too many meshes with this name");
        }
        String slug = request.body().path("slug").asText(name.toLowerCase().replaceAll("[^a-z0-9]+", "-"));
        has("id-of-" + slug, slug, "admin", true);
        return Reply.ok(object().put("id", "id-of-" + slug)
                .put("slug", slug)
                .put("name", name)
                .put("member_id", "owner-member"));
    }

    private Reply delete(String slug) {
        Optional<ObjectNode> mesh = find(slug);
        if (mesh.isEmpty()) {
            return Reply.error(404, "Mesh not found");
        }
        if (!mesh.get().path("is_owner").asBoolean()) {
            return Reply.error(403, "Only the mesh owner can delete it");
        }
        meshes().remove(mesh.get());
        return Reply.ok(object().put("ok", true).put("deleted", slug));
    }

    private Reply invite(Request request) {
        Optional<ObjectNode> mesh = find(request.segments().get(0));
        if (mesh.isEmpty()) {
            return Reply.error(404, "Mesh not found");
        }
        if (!mesh.get().path("is_owner").asBoolean()) {
            return Reply.error(403, "Only the owner can invite (for now)");
        }
        return Reply.ok(object().put("url", url() + "/i/abcd2345efgh")
                .put("code", "abcd2345efgh")
                .put("expires_at", "2026-03-08T12:00:00.000Z")
                .put("emailed", request.body().has("email")));
    }

    private Reply rename(Request request) {
        return find(request.segments().get(0))
                .map(mesh ->
                        Reply.ok(mesh.put("name", request.body().path("name").asText())))
                .orElseGet(() -> Reply.error(404, "Mesh not found"));
    }

    private Reply changeSlug(Request request) {
        String wanted = request.body().path("slug").asText();
        if (find(wanted).isPresent()) {
            return Reply.error(409, "slug \"" + wanted + "\" is already taken");
        }
        return find(request.segments().get(0))
                .map(mesh -> {
                    mesh.put("slug", wanted).put("name", wanted);
                    return Reply.ok(object().put("slug", wanted));
                })
                .orElseGet(() -> Reply.error(404, "mesh not found"));
    }

    private Optional<ObjectNode> find(String slug) {
        return meshes().stream()
                .filter(mesh -> mesh.path("slug").asText().equals(slug))
                .findFirst();
    }
}
