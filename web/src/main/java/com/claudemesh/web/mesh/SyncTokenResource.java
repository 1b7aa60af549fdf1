package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.mesh.MeshSync;
import com.claudemesh.protocol.crypto.token.SyncToken;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/cli-sync-token}: the signed-in person lets its command line have some of its meshes. */
@Path("/api/cli-sync-token")
@RequestScoped
@Requires(Access.BROWSER)
public class SyncTokenResource {
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_MESHES = 1_000;

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshSync sync;

    @POST
    public Response issue(InputStream in) {
        JsonBody body = JsonBody.read(in, MAX_BYTES, SyncTokenResource::refusal);
        JsonNode meshes = body.value("meshes").filter(JsonNode::isArray).orElse(null);
        if (meshes == null || meshes.size() > MAX_MESHES) {
            return Answer.error(400, "meshes must be an array");
        }
        String action = body.text("action").orElse("");
        if (!action.equals("sync") && !action.equals("create")) {
            return Answer.error(400, "action must be \"sync\" or \"create\"");
        }
        SyncToken.NewMesh newMesh = newMesh(body);
        if (action.equals("create") && newMesh == null) {
            return Answer.error(400, "newMesh.name and newMesh.slug are required for create action");
        }
        List<String> ids = new ArrayList<>();
        meshes.forEach(mesh -> ids.add(mesh.path("id").asText()));
        Account account = caller.account();
        String token = sync.issue(account.id(), account.emailText(), ids, action, newMesh);
        return Answer.builder(200, Map.of("token", token))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static SyncToken.@Nullable NewMesh newMesh(JsonBody body) {
        Optional<JsonNode> wanted = body.object("newMesh");
        String name = wanted.map(mesh -> mesh.path("name").asText()).orElse("");
        String slug = wanted.map(mesh -> mesh.path("slug").asText()).orElse("");
        return name.isBlank() || slug.isBlank() ? null : new SyncToken.NewMesh(name, slug);
    }

    private static Response refusal(int status, String problem) {
        return Answer.error(status, status == 400 ? "Invalid JSON body" : problem);
    }
}
