package com.claudemesh.web.mesh;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.audit.AuditLog;
import com.claudemesh.identity.Account;
import com.claudemesh.inspection.AuditInspection;
import com.claudemesh.inspection.InviteInspection;
import com.claudemesh.inspection.MembershipInspection;
import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.inspection.PageRequest;
import com.claudemesh.mesh.Actor;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.admin.AdminViews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/my/export}: what the server keeps about a person, for that person. Holds no key, code or token. That events
 * of a mesh were taken is in its record. It is a lot of work, so that each person gets only so many an hour.
 */
@Path("/api/my/export")
@RequestScoped
@Requires(Access.PERSON)
public class ExportResource {
    private static final int MAX_EVENTS = 5_000;
    private static final int MAX_ROWS = 10_000;

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshAccess access;

    @Inject
    private MeshInspection meshes;

    @Inject
    private MembershipInspection memberships;

    @Inject
    private InviteInspection invites;

    @Inject
    private AuditInspection events;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    @Inject
    private HourlyLimits limits;

    @GET
    public Response export() {
        limits.takeExport();
        Account account = caller.account();
        Instant now = clock.instant();
        List<MeshInspection.Row> owned = meshes.ownedBy(account.id(), MAX_ROWS);
        audit.append(owned.stream().map(mesh -> exported(mesh.meshId(), now)).toList());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", user(account));
        body.put("exportedAt", WireTime.text(now));
        body.put("meshesOwned", owned.stream().map(AdminViews::mesh).toList());
        body.put(
                "memberships",
                memberships
                        .memberships(MembershipInspection.Filter.allOf(account.id()), PageRequest.first(MAX_ROWS))
                        .rows()
                        .stream()
                        .map(AdminViews::membership)
                        .toList());
        body.put("invitesSent", invitesSent(account.id()));
        body.put(
                "auditEvents",
                events.newestOwnedBy(account.id(), MAX_EVENTS).stream()
                        .map(AdminViews::event)
                        .toList());
        return Answer.builder(200, body)
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"claudemesh-export.json\"")
                .build();
    }

    private AuditEvent exported(String meshId, Instant now) {
        Actor actor = access.actor(meshId);
        return AuditEvent.of(
                meshId, "audit_exported", actor.memberId(), actor.displayName(), Map.of("by", "account export"), now);
    }

    private static Map<String, Object> user(Account account) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", account.id());
        body.put("email", account.email());
        body.put("name", account.name());
        body.put("createdAt", WireTime.text(account.createdAt()));
        return body;
    }

    private List<Map<String, Object>> invitesSent(String accountId) {
        return invites.invites(InviteInspection.Filter.madeBy(accountId), PageRequest.first(MAX_ROWS)).rows().stream()
                .map(AdminViews::invite)
                .toList();
    }
}
