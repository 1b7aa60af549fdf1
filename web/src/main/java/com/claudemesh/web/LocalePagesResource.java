package com.claudemesh.web;

import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

/** {@code /en/i/…} and {@code /en/join/…}: links of other servers of this kind name a language, and lead to the same pages. */
@Path("/{locale: [a-z][a-z]}")
@RequestScoped
@Requires(Access.PUBLIC)
public class LocalePagesResource {

    @GET
    @Path("/i/{code}")
    public Response code(@PathParam("code") String code) {
        return to("/i/{value}", code);
    }

    @GET
    @Path("/join/{token}")
    public Response join(@PathParam("token") String token) {
        return to("/join/{value}", token);
    }

    private static Response to(String template, String value) {
        return Response.seeOther(UriBuilder.fromPath(template).build(value))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
