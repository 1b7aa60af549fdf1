package com.claudemesh.web.mesh;

import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** {@code POST /invites/:code/claim}: a short code becomes a membership. */
@Path("/invites/{code}/claim")
@RequestScoped
@Requires(Access.ANYBODY)
public class ClaimResource {

    @Inject
    private Claims claims;

    @POST
    public Response claim(@PathParam("code") String code, InputStream in) {
        return claims.claim(code, in);
    }
}
