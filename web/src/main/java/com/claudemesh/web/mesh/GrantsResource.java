package com.claudemesh.web.mesh;

import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.GrantsOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.SetGrants;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /cli/mesh/:slug/grants}: what a member lets others do to it.
 *
 * <p>A person changes those of its own members: of all, or of the one that it names in {@code memberId}. The bearer of the
 * operator token is no member, so it says whose grants it changes.
 */
@Path("/cli/mesh/{slug}/grants")
@RequestScoped
@Requires(Access.BEARER)
public class GrantsResource {
    private static final FrameCodec<ClientFrame> CODEC = FrameCodec.forServer();

    @Inject
    private MeshAccess access;

    @Inject
    private MemberService members;

    @Inject
    private Settings settings;

    @POST
    public Response change(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        SetGrants changes =
                changes(body.object("grants").orElseThrow(() -> Answer.stop(Answer.error(400, "grants required"))));
        Optional<String> named = body.text("memberId");
        if (named.isEmpty() && access.accountId().isEmpty()) {
            return Answer.error(400, "memberId required: the operator token belongs to no member");
        }
        Optional<MeshView> mesh = access.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        String meshId = mesh.get().meshId();
        List<String> whose = whose(meshId, named);
        GrantsOutcome outcome = new GrantsOutcome.NotAMember();
        for (String memberId : whose) {
            outcome = members.changeGrants(meshId, memberId, access.actor(meshId), changes.grants());
            if (!(outcome instanceof GrantsOutcome.Changed)) {
                break;
            }
        }
        return answer(outcome);
    }

    /** Nobody but the operator changes grants of others. */
    private List<String> whose(String meshId, Optional<String> named) {
        if (access.accountId().isEmpty()) {
            return named.stream().toList();
        }
        return access.members(meshId).stream()
                .map(MemberView::memberId)
                .filter(own -> named.isEmpty() || named.get().equals(own))
                .toList();
    }

    private static Response answer(GrantsOutcome outcome) {
        if (outcome instanceof GrantsOutcome.Changed changed) {
            return changed(changed.grants());
        }
        return outcome instanceof GrantsOutcome.TooMany tooMany
                ? Answer.error(400, "grants: at most " + tooMany.maxEntries() + " entries are kept")
                : Answer.error(403, "Not a member of this mesh");
    }

    /** The same checks and texts as on the socket. */
    private static SetGrants changes(JsonNode grants) {
        ObjectNode frame = Json.mapper().createObjectNode().put("type", "set_grants");
        frame.set("grants", grants);
        Decoded<ClientFrame> decoded = CODEC.decode(frame.toString());
        if (decoded instanceof Decoded.Known<ClientFrame> known) {
            return (SetGrants) known.frame();
        }
        throw Answer.stop(Answer.error(
                400, decoded instanceof Decoded.Invalid<ClientFrame> invalid ? invalid.message() : "Invalid body"));
    }

    private static Response changed(Grants grants) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("grants", grants.entries());
        return Answer.ok(body);
    }
}
