package com.claudemesh.web.admin;

import com.claudemesh.identity.WaysIn;
import com.claudemesh.inspection.WayInInspection;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** {@code /api/admin/users/:id/accounts}: how somebody signs in. The protocol calls every way in an account. */
@Path("/api/admin/users/{id}/accounts")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminUserAccountsResource {
    private static final Set<String> PROVIDERS = Set.of(WaysIn.PASSWORD, "oidc");

    @Inject
    private WaysIn waysIn;

    @Inject
    private WayInInspection inspection;

    @Inject
    private UserAnswers answers;

    @Inject
    private CurrentCaller caller;

    @GET
    public Response list(@PathParam("id") String id, @Context UriInfo uri) {
        answers.known(id);
        ListRequest request = new ListRequest(uri.getQueryParameters());
        WayInInspection.Filter filter =
                new WayInInspection.Filter(id, request.values("providerId", PROVIDERS), request.days("createdAt"));
        return ListRequest.answer(
                inspection.ways(filter, request.page(WayInInspection.sortableColumns())), UserViews::wayIn);
    }

    /** Takes a way in away, and signs the account out everywhere. */
    @DELETE
    @Path("/{accountId}")
    public Response remove(@PathParam("id") String id, @PathParam("accountId") String wayId) {
        return answers.of(waysIn.remove(id, wayId, caller.person().orElse(null)));
    }
}
