package com.claudemesh.web.account;

import com.claudemesh.identity.AccountTokens;
import com.claudemesh.identity.TokenOutcome;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /api/auth/tokens}: a person's bearer tokens. Only a browser makes new ones: a stolen token must not make itself
 * immortal. Whoever holds a token may see and revoke.
 */
@Path("/api/auth/tokens")
@RequestScoped
@Requires(Access.PERSON)
public class TokenResource {
    private static final int MAX_BYTES = 16_384;
    private static final int DEFAULT_DAYS = 90;

    @Inject
    private AccountTokens tokens;

    @Inject
    private CurrentCaller caller;

    @GET
    public Response list() {
        return Answer.ok(Map.of(
                "tokens",
                tokens.list(caller.account().id()).stream().map(Views::token).toList()));
    }

    @POST
    @Requires(Access.BROWSER)
    public Response create(InputStream in) {
        JsonBody body = JsonBody.read(in, MAX_BYTES, Answer::error);
        int days = body.has("days") ? body.number("days").orElse(0) : DEFAULT_DAYS;
        TokenOutcome outcome =
                tokens.issuePersonal(caller.account(), body.text("name").orElse(""), days, caller.origin());
        if (outcome instanceof TokenOutcome.Issued issued) {
            Map<String, Object> answer = new LinkedHashMap<>(Views.token(issued.token()));
            answer.put("token", issued.secret());
            return Answer.builder(200, answer)
                    .header("Cache-Control", "no-store")
                    .build();
        }
        return outcome instanceof TokenOutcome.Invalid invalid
                ? Answer.invalid(invalid.field(), invalid.problem())
                : Answer.error(409, "too_many_tokens");
    }

    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id) {
        return tokens.revoke(caller.account().id(), id, caller.origin())
                ? Answer.ok(Map.of("ok", true))
                : Answer.error(404, "token_not_found");
    }
}
