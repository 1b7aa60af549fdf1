package com.claudemesh.web;

import com.claudemesh.identity.Account;
import com.claudemesh.invite.Entrance;
import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.InvitePreview;
import com.claudemesh.invite.JoinOutcome;
import com.claudemesh.invite.JoinRequest;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /join}: a client becomes a member; a person sees how. */
@Path("/join")
@RequestScoped
@Requires(Access.PUBLIC)
public class JoinResource {

    @Inject
    private Entrance entrance;

    @Inject
    private Invitations invitations;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Pages pages;

    @Inject
    private Settings settings;

    @POST
    @Requires(Access.ANYBODY)
    public Response join(InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::notOk);
        Optional<String> token = body.text("invite_token");
        Optional<JsonNode> payload = body.object("invite_payload");
        Optional<String> key = body.text("peer_pubkey");
        Optional<String> name = body.text("display_name");
        if (token.isEmpty() || payload.isEmpty() || key.isEmpty() || name.isEmpty()) {
            return Answer.notOk(400, "invite_token, invite_payload, peer_pubkey, display_name required");
        }
        Optional<String> clean = Names.clean(name.get());
        if (clean.isEmpty()) {
            return Answer.notOk(400, "display_name must be 1-60 visible characters");
        }
        JoinOutcome outcome = entrance.join(new JoinRequest(
                token.get(),
                payload.get(),
                key.get(),
                clean.get(),
                caller.person().map(Account::id).orElse(null)));
        return outcome instanceof JoinOutcome.Joined joined
                ? joined(joined)
                : Answer.notOk(400, ((JoinOutcome.Refused) outcome).error());
    }

    private static Response joined(JoinOutcome.Joined joined) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("memberId", joined.memberId());
        if (joined.already()) {
            body.put("alreadyMember", true);
        }
        return Answer.ok(body);
    }

    @GET
    @Path("/{token}")
    public Response page(@PathParam("token") String token) {
        return invitations.preview(token) instanceof InvitePreview.Valid valid
                ? pages.invitation(token, valid)
                : pages.gone("This invitation cannot be used", 404);
    }
}
