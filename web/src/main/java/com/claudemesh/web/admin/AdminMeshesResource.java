package com.claudemesh.web.admin;

import com.claudemesh.inspection.AuditInspection;
import com.claudemesh.inspection.InviteInspection;
import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.inspection.PageRequest;
import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /api/admin/meshes}: every mesh of the server. */
@Path("/api/admin/meshes")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminMeshesResource {
    private static final int MAX_ROWS = 50;
    private static final Set<String> TIERS = Set.of("free", "pro", "team", "enterprise");
    private static final Set<String> TRANSPORTS = Set.of("managed", "tailscale", "self_hosted");
    private static final Set<String> VISIBILITIES = Set.of("private", "public");

    @Inject
    private MeshInspection meshes;

    @Inject
    private SessionInspection sessions;

    @Inject
    private InviteInspection invites;

    @Inject
    private AuditInspection events;

    @Inject
    private LiveStatuses statuses;

    @GET
    public Response list(@Context UriInfo uri) {
        ListRequest request = new ListRequest(uri.getQueryParameters());
        MeshInspection.Filter filter = new MeshInspection.Filter(
                request.values("tier", TIERS),
                request.values("transport", TRANSPORTS),
                request.values("visibility", VISIBILITIES),
                request.flag("archived"),
                request.days("createdAt"));
        return ListRequest.answer(
                meshes.meshes(filter, request.page(MeshInspection.sortableColumns())), AdminViews::mesh);
    }

    /** No mesh and empty lists for an id that there is not. */
    @GET
    @Path("/{id}")
    public Response details(@PathParam("id") String id) {
        Optional<MeshInspection.Row> mesh = meshes.mesh(id);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mesh", mesh.map(AdminViews::mesh).orElse(null));
        body.put("members", meshes.members(id).stream().map(AdminViews::member).toList());
        body.put(
                "presences",
                sessions.newestOf(id, MAX_ROWS).stream()
                        .map(session -> AdminViews.session(session, statuses.of(session)))
                        .toList());
        body.put("invites", invitesOf(id));
        body.put(
                "auditEvents",
                mesh.isEmpty()
                        ? List.of()
                        : events.newestOf(id, MAX_ROWS).stream()
                                .map(AdminViews::event)
                                .toList());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    private List<Map<String, Object>> invitesOf(String meshId) {
        return invites.invites(InviteInspection.Filter.ofMesh(meshId), PageRequest.first(MAX_ROWS)).rows().stream()
                .map(AdminViews::invite)
                .toList();
    }
}
