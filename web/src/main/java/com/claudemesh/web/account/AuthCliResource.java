package com.claudemesh.web.account;

import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/**
 * {@code /api/auth/cli/…}: the sign-in of command lines under the names that the application of the reference has for it.
 * The path of the class is needed: JAX-RS chooses the class with the longest literal path first.
 */
@Path("/api/auth/cli")
@RequestScoped
@Requires(Access.BROWSER)
public class AuthCliResource {
    private static final int MAX_BYTES = 16_384;

    @Inject
    private DeviceCodeResource devices;

    @Inject
    private CliTokenResource tokens;

    @POST
    @Path("/device-code/new")
    @Requires(Access.PUBLIC)
    public Response start(InputStream in) {
        return devices.start(in);
    }

    @GET
    @Path("/device-code/{code}")
    @Requires(Access.PUBLIC)
    public Response poll(@PathParam("code") String code) {
        return devices.poll(code);
    }

    @POST
    @Path("/device-code/{code}/approve")
    public Response approve(@PathParam("code") String code) {
        return devices.approve(code);
    }

    @POST
    @Path("/device-code/approve-by-user-code")
    public Response approveByUserCode(InputStream in) {
        JsonBody body = JsonBody.read(in, MAX_BYTES, Answer::error);
        Optional<String> code = body.text("session_id").or(() -> body.text("user_code"));
        return code.map(devices::approve).orElseGet(() -> Answer.error(400, "session_id or user_code required"));
    }

    @POST
    @Path("/token")
    public Response token(InputStream in) {
        return tokens.issue(in);
    }
}
