package com.claudemesh.web.mesh;

import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.InviteOutcome;
import com.claudemesh.invite.InviteWish;
import com.claudemesh.invite.NewInvite;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
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

/** {@code /api/my/meshes/:id/invites}: inviting from the console. */
@Path("/api/my/meshes/{id}/invites")
@RequestScoped
@Requires(Access.PERSON)
public class MeshInvitesResource {

    @Inject
    private MeshAccess access;

    @Inject
    private Invitations invitations;

    @Inject
    private HourlyLimits limits;

    @Inject
    private Settings settings;

    @POST
    public Response create(@PathParam("id") String id, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        InviteWish wish = InviteBody.ofConsole(body);
        MeshView mesh = mesh(id, wish);
        return answer(invitations.create(mesh, wish, inviter(mesh)));
    }

    @POST
    @Path("/email")
    public Response mail(@PathParam("id") String id, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        InviteWish wish = InviteBody.ofConsole(body);
        Optional<String> email = InviteBody.email(body);
        if (email.isEmpty()) {
            return Answer.error(400, "email required");
        }
        MeshView mesh = mesh(id, wish);
        limits.takeInviteMail();
        InviteOutcome outcome = invitations.createByMail(mesh, wish, inviter(mesh), email.get());
        return outcome instanceof InviteOutcome.Created created
                ? mailed(created.invite(), email.get())
                : answer(outcome);
    }

    private MeshView mesh(String id, InviteWish wish) {
        MeshView mesh = access.find(id)
                .filter(found -> access.may(Requirement.MEMBER, found.meshId()))
                .orElseThrow(() -> Answer.stop(Answer.error(400, "Mesh not found.")));
        boolean may = access.may(Permission.INVITE, mesh.meshId())
                && (wish.role() == Role.MEMBER || access.may(Requirement.ADMIN, mesh.meshId()));
        if (!may) {
            throw Answer.stop(Answer.error(400, "Only owners and admins can issue invites."));
        }
        return mesh;
    }

    private Invitations.Inviter inviter(MeshView mesh) {
        return new Invitations.Inviter(
                access.actor(mesh.meshId()), access.accountId().orElse(null));
    }

    private Response answer(InviteOutcome outcome) {
        if (!(outcome instanceof InviteOutcome.Created created)) {
            return Answer.error(
                    400,
                    "The mesh has " + ((InviteOutcome.TooMany) outcome).maxInvites()
                            + " usable invitations, which is the most.");
        }
        NewInvite invite = created.invite();
        String base = settings.appUrl().toString().replaceFirst("/+$", "");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", invite.id());
        body.put("token", invite.token());
        body.put("code", invite.code());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("inviteLink", invite.token() == null ? null : "ic://join/" + invite.token());
        body.put("joinUrl", invite.token() == null ? invite.url() : base + "/join/" + invite.token());
        body.put("shortUrl", invite.url());
        body.put("version", 2);
        body.put("canonicalV2", invite.canonical());
        body.put("ownerPubkey", invite.ownerPublicKey());
        return uncached(body);
    }

    private static Response mailed(NewInvite invite, String email) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pendingInviteId", invite.pendingId());
        body.put("code", invite.code());
        body.put("email", email);
        body.put("shortUrl", invite.url());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("emailed", invite.emailed());
        return uncached(body);
    }

    private static Response uncached(Map<String, Object> body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
