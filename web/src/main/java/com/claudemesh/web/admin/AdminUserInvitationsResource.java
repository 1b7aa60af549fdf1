package com.claudemesh.web.admin;

import com.claudemesh.inspection.InviteInspection;
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

/** {@code GET /api/admin/users/:id/invitations}: what somebody has invited to, without what would let somebody in. */
@Path("/api/admin/users/{id}/invitations")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminUserInvitationsResource {
    private static final Set<String> ROLES = Set.of("admin", "member");

    @Inject
    private InviteInspection invites;

    @Inject
    private UserAnswers answers;

    @GET
    public Response list(@PathParam("id") String id, @Context UriInfo uri) {
        answers.known(id);
        ListRequest request = new ListRequest(uri.getQueryParameters());
        InviteInspection.Filter filter = new InviteInspection.Filter(
                null,
                id,
                request.values("role", ROLES),
                request.flag("revoked"),
                request.flag("expired"),
                request.days("createdAt"));
        return ListRequest.answer(
                invites.invites(filter, request.page(InviteInspection.sortableColumns())), AdminViews::invite);
    }
}
