package com.claudemesh.web.mesh;

import com.claudemesh.mesh.MeshListing;
import com.claudemesh.mesh.MeshQuery;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /cli/meshes}: the caller's meshes for {@code claudemesh list}. */
@Path("/cli/meshes")
@RequestScoped
@Requires(Access.PERSON)
public class CliMeshesResource {

    @Inject
    private CurrentCaller caller;

    @Inject
    private Meshes meshes;

    @Inject
    private PeerRegistry registry;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @GET
    public Response list() {
        return Answer.ok(Map.of(
                "meshes",
                meshes.listOf(caller.account().id(), MeshQuery.live()).meshes().stream()
                        .map(this::view)
                        .toList()));
    }

    private Map<String, Object> view(MeshListing mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("slug", mesh.slug());
        body.put("name", mesh.name());
        body.put("role", mesh.standing().role().wire());
        body.put("is_owner", mesh.owner());
        body.put("member_count", mesh.memberCount());
        body.put("active_peers", registry.peersOf(mesh.meshId()).size());
        body.put("joined_at", WireTime.text(mesh.joinedAt() == null ? clock.instant() : mesh.joinedAt()));
        body.put("broker_url", settings.brokerUrl().toString());
        return body;
    }
}
