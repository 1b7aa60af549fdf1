package com.claudemesh.web;

import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.GrantsOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.SetGrants;
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
import java.util.Map;
import java.util.Optional;

/**
 * {@code /cli/mesh/:slug/grants}: what a member lets others do to it.
 *
 * <p>The bearer of the operator token is no member, so it says in {@code memberId} whose grants it changes. Members change
 * their own over the socket with {@code set_grants}.
 */
@Path("/cli/mesh/{slug}/grants")
@RequestScoped
@Requires(Access.OPERATOR)
public class GrantsResource {
    private static final FrameCodec<ClientFrame> CODEC = FrameCodec.forServer();

    @Inject
    private MeshService meshes;

    @Inject
    private MemberService members;

    @Inject
    private Settings settings;

    @POST
    public Response change(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        SetGrants changes =
                changes(body.object("grants").orElseThrow(() -> Answer.stop(Answer.error(400, "grants required"))));
        Optional<String> memberId = body.text("memberId");
        if (memberId.isEmpty()) {
            return Answer.error(400, "memberId required: the operator token belongs to no member");
        }
        Optional<MeshView> mesh = meshes.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        GrantsOutcome outcome =
                members.changeGrants(mesh.get().meshId(), memberId.get(), Actor.OPERATOR, changes.grants());
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
