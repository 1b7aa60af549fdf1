package com.claudemesh.web;

import com.claudemesh.identity.IdentityService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The landing page, the administrator's first sign-in, and the pages' style sheet. */
@Path("/")
@RequestScoped
public class HomeResource {

    @Inject
    private Pages pages;

    @Inject
    private IdentityService identity;

    @GET
    public Response home() {
        return pages.home();
    }

    @GET
    @Path("/sign-in/{token}")
    public Response signIn(@PathParam("token") String token) {
        return identity.useSignInLink(token)
                .map(pages::welcome)
                .orElseGet(() -> pages.gone("This sign-in link was used or has expired", 410));
    }

    @GET
    @Path("/assets/style.css")
    public Response style() {
        return pages.style();
    }
}
