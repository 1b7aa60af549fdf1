package com.claudemesh.web.admin;

import com.claudemesh.inspection.InviteInspection;
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

/** {@code GET /api/admin/invites}: invitations of all meshes, without what would let somebody in. */
@Path("/api/admin/invites")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminInvitesResource {

    @Inject
    private InviteInspection invites;

    @GET
    public Response list(@Context UriInfo uri) {
        ListRequest request = new ListRequest(uri.getQueryParameters());
        InviteInspection.Filter filter = new InviteInspection.Filter(
                null, null, Set.of(), request.flag("revoked"), request.flag("expired"), null);
        return ListRequest.answer(
                invites.invites(filter, request.page(InviteInspection.sortableColumns())), AdminViews::invite);
    }
}
