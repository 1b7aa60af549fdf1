package com.claudemesh.web.admin;

import com.claudemesh.inspection.AuditInspection;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /api/admin/audit}: recorded events of all meshes, ended ones included. */
@Path("/api/admin/audit")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminAuditResource {

    @Inject
    private AuditInspection events;

    @GET
    public Response list(@Context UriInfo uri) {
        ListRequest request = new ListRequest(uri.getQueryParameters());
        AuditInspection.Filter filter = new AuditInspection.Filter(
                request.values("eventType"), request.values("meshId"), request.days("createdAt"));
        return ListRequest.answer(
                events.events(filter, request.page(AuditInspection.sortableColumns())), AdminViews::event);
    }
}
