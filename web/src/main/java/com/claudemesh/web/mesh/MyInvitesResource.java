package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Accounts;
import com.claudemesh.invite.IncomingInvite;
import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.Invite;
import com.claudemesh.invite.SentInvite;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/my/invites}: invitations that a person has made, and those that wait for its answer. */
@Path("/api/my/invites")
@RequestScoped
@Requires(Access.PERSON)
public class MyInvitesResource {
    private static final int MAX_SENT = 100;

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshAccess access;

    @Inject
    private Accounts accounts;

    @Inject
    private Invitations invitations;

    @GET
    public Response sent() {
        List<Map<String, Object>> sent = invitations.sentBy(caller.account().id(), MAX_SENT).stream()
                .map(this::sent)
                .toList();
        return uncached(Map.of("sent", sent));
    }

    /** Who has made an invitation and administers no more gets no token of it. */
    private Map<String, Object> sent(SentInvite sent) {
        Invite invite = sent.invite();
        boolean administers = access.may(Requirement.ADMIN, invite.meshId());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", invite.id());
        body.put("meshId", invite.meshId());
        body.put("meshName", sent.meshName());
        body.put("meshSlug", sent.meshSlug());
        body.put("token", administers ? invitations.tokenOf(invite).orElse(null) : null);
        body.put("code", access.may(Permission.INVITE, invite.meshId()) ? invite.code() : null);
        body.put("role", invite.role().wire());
        body.put("maxUses", invite.maxUses());
        body.put("usedCount", invite.usedCount());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("createdAt", WireTime.text(invite.createdAt()));
        body.put("revokedAt", MeshPages.time(invite.revokedAt()));
        return body;
    }

    /** Ends an invitation: for those who may invite into its mesh. */
    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id) {
        Optional<Invite> invite = invitations.find(id).filter(found -> access.may(Permission.INVITE, found.meshId()));
        if (invite.isEmpty()) {
            return Answer.error(404, "Invitation not found.");
        }
        invitations.revoke(invite.get(), access.actor(invite.get().meshId()));
        return Answer.ok(Map.of("ok", true));
    }

    @GET
    @Path("/incoming")
    public Response incoming() {
        List<Map<String, Object>> incoming = email().stream()
                .flatMap(email -> invitations.incoming(email).stream())
                .map(this::incoming)
                .toList();
        return uncached(Map.of("incoming", incoming));
    }

    private Map<String, Object> incoming(IncomingInvite invite) {
        Optional<Account> inviter =
                Optional.ofNullable(invite.inviterAccountId()).flatMap(accounts::find);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", invite.id());
        body.put("meshId", invite.meshId());
        body.put("meshName", invite.meshName());
        body.put("meshSlug", invite.meshSlug());
        body.put("code", invite.code());
        body.put("role", invite.role());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("sentAt", WireTime.text(invite.sentAt()));
        body.put("inviterName", inviter.map(Account::name).orElse(null));
        body.put("inviterEmail", inviter.map(Account::email).orElse(null));
        body.put("memberCount", invite.memberCount());
        return body;
    }

    @DELETE
    @Path("/incoming/{id}")
    public Response decline(@PathParam("id") String id) {
        Optional<String> email = email();
        if (email.isEmpty()) {
            return Answer.error(400, "No email on session");
        }
        return invitations.decline(email.get(), id, caller.account().name())
                ? Answer.ok(Map.of("ok", true))
                : Answer.error(400, "Invitation not found or already resolved.");
    }

    /** Only an address that is proven to be the caller's shows what was sent to it. */
    private Optional<String> email() {
        Account account = caller.account();
        return account.emailVerified() ? Optional.ofNullable(account.email()) : Optional.empty();
    }

    private static Response uncached(Object body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
