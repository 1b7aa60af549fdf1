package com.claudemesh.web.mesh;

import com.claudemesh.inspection.AuditInspection;
import com.claudemesh.inspection.EnvelopeInspection;
import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.admin.AdminViews;
import com.claudemesh.web.admin.LiveStatuses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/my/meshes/:id/stream}: what goes on in a mesh, for the console, which asks every few seconds. Members see
 * what they see on the socket: connections that show themselves, envelopes of messages that they send or get. Those who
 * administer the mesh see all of it. Nobody sees content.
 */
@Path("/api/my/meshes/{id}/stream")
@RequestScoped
@Requires(Access.PERSON)
public class MeshStreamResource {
    private static final int MAX_PRESENCES = 20;
    private static final int MAX_ENVELOPES = 50;
    private static final int MAX_EVENTS = 20;

    @Inject
    private MeshAccess access;

    @Inject
    private SessionInspection sessions;

    @Inject
    private EnvelopeInspection envelopes;

    @Inject
    private AuditInspection events;

    @Inject
    private LiveStatuses statuses;

    /** Empty lists for a mesh that the caller has nothing to do with. */
    @GET
    public Response stream(@PathParam("id") String id) {
        boolean member = access.may(Requirement.MEMBER, id);
        boolean administers = member && access.may(Requirement.ADMIN, id);
        List<String> own =
                member ? access.members(id).stream().map(MemberView::memberId).toList() : List.of();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("presences", member ? presences(id, own, administers) : List.of());
        body.put("envelopes", member ? envelopes(id, own, administers) : List.of());
        body.put("auditEvents", member ? events(id) : List.of());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    private List<Map<String, Object>> presences(String id, List<String> own, boolean administers) {
        List<SessionInspection.Row> shown =
                administers ? sessions.newestOf(id, MAX_PRESENCES) : sessions.newestShownTo(id, own, MAX_PRESENCES);
        return shown.stream().map(this::presence).toList();
    }

    private Map<String, Object> presence(SessionInspection.Row session) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", session.presenceId());
        body.put("memberId", session.memberId());
        body.put("displayName", session.displayName());
        body.put("sessionId", session.sessionId());
        body.put("pid", session.pid());
        body.put("cwd", session.cwd());
        AdminViews.putStatus(body, statuses.of(session));
        body.put("lastPingAt", WireTime.text(session.lastPingAt()));
        body.put("disconnectedAt", MeshPages.time(session.disconnectedAt()));
        return body;
    }

    private List<Map<String, Object>> envelopes(String id, List<String> own, boolean administers) {
        List<EnvelopeInspection.Row> shown = administers
                ? envelopes.newestOf(id, MAX_ENVELOPES)
                : envelopes.newestConcerning(id, own, MAX_ENVELOPES);
        return shown.stream().map(MeshStreamResource::envelope).toList();
    }

    /** No preview: what is sent to many is not encrypted by every client. */
    private static Map<String, Object> envelope(EnvelopeInspection.Row message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", message.messageId());
        body.put("senderMemberId", message.senderMemberId());
        body.put("senderDisplayName", message.senderName());
        body.put("targetSpec", message.targetSpec());
        body.put("priority", message.priority());
        body.put("ciphertextPreview", "");
        body.put("size", message.sizeBytes());
        body.put("createdAt", WireTime.text(message.createdAt()));
        body.put("deliveredAt", MeshPages.time(message.deliveredAt()));
        return body;
    }

    private List<Map<String, Object>> events(String id) {
        return events.newestOf(id, MAX_EVENTS).stream()
                .map(MeshStreamResource::event)
                .toList();
    }

    private static Map<String, Object> event(AuditInspection.Row event) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", Long.toString(event.id()));
        body.put("eventType", event.eventType());
        body.put("actorPeerId", event.actorMemberId());
        body.put("targetPeerId", null);
        body.put("createdAt", WireTime.text(event.createdAt()));
        return body;
    }
}
