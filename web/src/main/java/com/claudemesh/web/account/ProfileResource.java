package com.claudemesh.web.account;

import com.claudemesh.identity.Account;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/my/profile}: who the caller is, for {@code claudemesh whoami}. */
@Path("/api/my/profile")
@RequestScoped
@Requires(Access.PERSON)
public class ProfileResource {

    @Inject
    private CurrentCaller caller;

    @GET
    public Response profile() {
        Account account = caller.account();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", account.id());
        body.put("display_name", account.name());
        body.put("email", account.emailText());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
