package com.claudemesh.web.mesh;

import com.claudemesh.mesh.BanOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.moderation.Moderation;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** {@code DELETE /api/my/meshes/:id/members/:memberId}: revokes a member's access, as {@code ban} does on the socket. */
@Path("/api/my/meshes/{id}/members/{memberId}")
@RequestScoped
@Requires(Access.PERSON)
public class MeshMemberResource {

    @Inject
    private MeshAccess access;

    @Inject
    private MeshDirectory directory;

    @Inject
    private MemberService members;

    @Inject
    private Moderation moderation;

    @DELETE
    public Response revoke(@PathParam("id") String id, @PathParam("memberId") String memberId) {
        Optional<MeshView> mesh = directory.mesh(id).filter(found -> access.may(Requirement.MEMBER, id));
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        if (!access.may(Requirement.ADMIN, id)) {
            return Answer.error(403, "Only administrators revoke members");
        }
        Optional<MemberView> member = directory.memberById(id, memberId).filter(found -> !found.revoked());
        if (member.isEmpty()) {
            return Answer.error(404, "Member not found");
        }
        BanOutcome outcome = members.ban(id, access.actor(id), member.get().publicKey());
        if (outcome instanceof BanOutcome.Done done) {
            moderation.shutOut(id, done.memberId(), mesh.get().farewell());
            return Answer.ok(Map.of("ok", true));
        }
        return refused(outcome);
    }

    private static Response refused(BanOutcome outcome) {
        if (outcome instanceof BanOutcome.Oneself) {
            return Answer.error(400, "You cannot revoke yourself: leave the mesh instead");
        }
        if (outcome instanceof BanOutcome.Owner) {
            return Answer.error(403, "The owner of the mesh cannot be revoked");
        }
        return outcome instanceof BanOutcome.Forbidden
                ? Answer.error(403, "Your own access was revoked")
                : Answer.error(404, "Member not found");
    }
}
