package com.claudemesh.web;

import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The landing page, and the pages' style sheet. */
@Path("/")
@RequestScoped
@Requires(Access.PUBLIC)
public class HomeResource {

    @Inject
    private Pages pages;

    @GET
    public Response home() {
        return pages.home();
    }

    @GET
    @Path("/assets/style.css")
    public Response style() {
        return pages.style();
    }
}
