package com.claudemesh.web.admin;

import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** {@code GET /api/admin/sessions}: connections of all meshes, live ones and ended ones. */
@Path("/api/admin/sessions")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminSessionsResource {
    private static final Set<String> STATUSES = Set.of("idle", "working", "dnd");

    @Inject
    private SessionInspection sessions;

    @Inject
    private LiveStatuses statuses;

    @GET
    public Response list(@Context UriInfo uri) {
        ListRequest request = new ListRequest(uri.getQueryParameters());
        Set<String> wanted = request.values("status", STATUSES);
        return ListRequest.answer(
                sessions.sessions(
                        request.flag("active"),
                        wanted.isEmpty() ? null : statuses.presencesWith(wanted),
                        request.page(SessionInspection.sortableColumns())),
                session -> AdminViews.session(session, statuses.of(session)));
    }
}
