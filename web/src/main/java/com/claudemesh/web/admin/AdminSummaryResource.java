package com.claudemesh.web.admin;

import com.claudemesh.inspection.AccountInspection;
import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/admin/summary} and {@code …/summary/mesh}: numbers of the whole server. */
@Path("/api/admin/summary")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminSummaryResource {

    @Inject
    private AccountInspection accounts;

    @Inject
    private MeshInspection meshes;

    /** There are no organisations and no customers on this server: that many it counts. */
    @GET
    public Response people() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("users", accounts.count());
        body.put("organizations", 0);
        body.put("customers", 0);
        return noStore(body);
    }

    @GET
    @Path("/mesh")
    public Response meshes() {
        MeshInspection.Totals totals = meshes.totals();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meshes", totals.meshes());
        body.put("activeMeshes", totals.activeMeshes());
        body.put("totalPresences", totals.totalPresences());
        body.put("activePresences", totals.activePresences());
        body.put("messages24h", totals.messagesOfLastDay());
        return noStore(body);
    }

    private static Response noStore(Object body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
