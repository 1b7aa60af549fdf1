package com.claudemesh.web.admin;

import com.claudemesh.inspection.MembershipInspection;
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
import java.util.Set;

/** {@code GET /api/admin/users/:id/memberships}: where somebody is or was a member. */
@Path("/api/admin/users/{id}/memberships")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminUserMembershipsResource {
    private static final Set<String> ROLES = Set.of("admin", "member");

    @Inject
    private MembershipInspection memberships;

    @Inject
    private UserAnswers answers;

    @GET
    public Response list(@PathParam("id") String id, @Context UriInfo uri) {
        answers.known(id);
        ListRequest request = new ListRequest(uri.getQueryParameters());
        MembershipInspection.Filter filter = new MembershipInspection.Filter(
                id, request.values("role", ROLES), request.flag("revoked"), request.days("joinedAt"));
        return ListRequest.answer(
                memberships.memberships(filter, request.page(MembershipInspection.sortableColumns())),
                AdminViews::membership);
    }
}
