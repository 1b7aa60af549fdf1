package com.claudemesh.web;

import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.ResolvedCode;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** {@code /i/<code>}: the short form of an invitation link. */
@Path("/i")
@RequestScoped
@Requires(Access.PUBLIC)
public class InvitePageResource {

    @Inject
    private Invitations invitations;

    @Inject
    private Pages pages;

    @GET
    @Path("/{code}")
    public Response resolve(@PathParam("code") String code) {
        return invitations
                .resolve(code)
                .map(this::found)
                .orElseGet(() -> pages.gone("This invitation cannot be used", 404));
    }

    /** The long form holds the root key: it is shown only where the mesh has such links. */
    private Response found(ResolvedCode resolved) {
        return resolved.token() == null
                ? pages.shortInvitation(resolved)
                : Response.seeOther(URI.create("/join/" + resolved.token()))
                        .header("Cache-Control", "no-store")
                        .build();
    }
}
