package com.claudemesh.web.account;

import com.claudemesh.identity.AccountToken;
import com.claudemesh.identity.AccountTokens;
import com.claudemesh.identity.DeviceInfo;
import com.claudemesh.identity.TokenKind;
import com.claudemesh.identity.TokenOutcome;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cli/token}, {@code /cli/session/revoke} and {@code /cli/sessions}: tokens of command lines, for the person they
 * belong to. A user id in a body or a query changes nothing about whose they are.
 */
@Path("/")
@RequestScoped
public class CliTokenResource {
    private static final int MAX_BYTES = 16_384;

    @Inject
    private AccountTokens tokens;

    @Inject
    private CurrentCaller caller;

    @POST
    @Path("/cli/token")
    @Requires(Access.BROWSER)
    public Response issue(InputStream in) {
        JsonBody body = JsonBody.read(in, MAX_BYTES, Answer::error);
        DeviceInfo device = new DeviceInfo(
                body.text("hostname").orElse("paste-token"),
                body.text("platform").orElse(""),
                body.text("arch").orElse(""));
        TokenOutcome outcome = tokens.issuePasted(caller.account(), device, caller.origin());
        return outcome instanceof TokenOutcome.Issued issued
                ? Answer.builder(200, Map.of("token", issued.secret()))
                        .header("Cache-Control", "no-store")
                        .build()
                : Answer.error(409, "too_many_tokens");
    }

    /** The token is its own credential: whoever holds it may give it up. */
    @POST
    @Path("/cli/session/revoke")
    @Requires(Access.PUBLIC)
    public Response revoke(InputStream in) {
        Optional<String> token = JsonBody.read(in, MAX_BYTES, Answer::error).text("token");
        if (token.isEmpty()) {
            return Answer.error(400, "token required");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("found", tokens.revokeBySecret(token.get(), caller.origin()));
        return Answer.ok(body);
    }

    @GET
    @Path("/cli/sessions")
    @Requires(Access.PERSON)
    public Response sessions(@QueryParam("user_id") @Nullable String userId) {
        if (userId != null && !userId.equals(caller.account().id())) {
            return Answer.error(403, "user_id is somebody else's");
        }
        return Answer.ok(Map.of(
                "sessions",
                tokens.list(caller.account().id()).stream()
                        .filter(token -> token.kind() != TokenKind.PERSONAL)
                        .map(CliTokenResource::session)
                        .toList()));
    }

    private static Map<String, Object> session(AccountToken token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", token.id());
        body.put("hostname", token.device().hostname());
        body.put("platform", token.device().platform());
        body.put("arch", token.device().arch());
        body.put("last_seen_at", WireTime.text(token.lastUsedAt() == null ? token.createdAt() : token.lastUsedAt()));
        body.put("created_at", WireTime.text(token.createdAt()));
        return body;
    }
}
