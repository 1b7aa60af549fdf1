package com.claudemesh.web;

import com.claudemesh.invite.InviteService;
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
    private InviteService invites;

    @Inject
    private Pages pages;

    @GET
    @Path("/{code}")
    public Response resolve(@PathParam("code") String code) {
        return invites.tokenOf(code)
                .map(token -> Response.seeOther(URI.create("/join/" + token))
                        .header("Cache-Control", "no-store")
                        .build())
                .orElseGet(() -> pages.gone("This invitation cannot be used", 404));
    }
}
