package com.claudemesh.web.admin;

import com.claudemesh.inspection.AuditInspection;
import com.claudemesh.inspection.InviteInspection;
import com.claudemesh.inspection.MembershipInspection;
import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.presence.PeerStatus;
import com.claudemesh.presence.WireTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Meshes and what is in them as JSON. */
public final class AdminViews {
    private AdminViews() {}

    public static Map<String, Object> mesh(MeshInspection.Row mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("name", mesh.name());
        body.put("slug", mesh.slug());
        body.put("visibility", mesh.visibility());
        body.put("transport", mesh.transport());
        body.put("tier", mesh.tier());
        body.put("maxPeers", null);
        body.put("createdAt", WireTime.text(mesh.createdAt()));
        body.put("archivedAt", time(mesh.archivedAt()));
        body.put("ownerUserId", mesh.ownerAccountId());
        body.put("ownerName", mesh.ownerName());
        body.put("ownerEmail", mesh.ownerEmail());
        body.put("memberCount", mesh.memberCount());
        return body;
    }

    static Map<String, Object> member(MeshInspection.MemberRow member) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", member.memberId());
        body.put("displayName", member.displayName());
        body.put("role", member.role());
        body.put("peerPubkey", member.publicKey());
        body.put("userId", member.accountId());
        body.put("joinedAt", WireTime.text(member.joinedAt()));
        body.put("lastSeenAt", time(member.lastSeenAt()));
        body.put("revokedAt", time(member.endedAt()));
        return body;
    }

    public static Map<String, Object> membership(MembershipInspection.Row membership) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meshId", membership.meshId());
        body.put("meshName", membership.meshName());
        body.put("meshSlug", membership.meshSlug());
        body.put("memberId", membership.memberId());
        body.put("displayName", membership.displayName());
        body.put("role", membership.role());
        body.put("joinedAt", WireTime.text(membership.joinedAt()));
        body.put("revokedAt", time(membership.endedAt()));
        return body;
    }

    /** @param status of a connection to this server; other ones have none that is known here */
    static Map<String, Object> session(SessionInspection.Row session, Optional<PeerStatus> status) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", session.presenceId());
        body.put("memberId", session.memberId());
        body.put("displayName", session.displayName());
        body.put("meshId", session.meshId());
        body.put("meshName", session.meshName());
        body.put("meshSlug", session.meshSlug());
        body.put("sessionId", session.sessionId());
        body.put("pid", session.pid());
        body.put("cwd", session.cwd());
        putStatus(body, status);
        body.put("connectedAt", WireTime.text(session.connectedAt()));
        body.put("lastPingAt", WireTime.text(session.lastPingAt()));
        body.put("disconnectedAt", time(session.disconnectedAt()));
        return body;
    }

    public static void putStatus(Map<String, Object> body, Optional<PeerStatus> status) {
        body.put("status", status.map(known -> known.value().wire()).orElse(null));
        body.put(
                "statusSource",
                status.map(known -> known.source().name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        body.put(
                "statusUpdatedAt",
                status.map(known -> WireTime.text(known.since())).orElse(null));
    }

    /** Never with the code or token that lets somebody in. */
    public static Map<String, Object> invite(InviteInspection.Row invite) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", invite.inviteId());
        body.put("meshId", invite.meshId());
        body.put("meshName", invite.meshName());
        body.put("meshSlug", invite.meshSlug());
        body.put("token", null);
        body.put("maxUses", invite.maxUses());
        body.put("usedCount", invite.usedCount());
        body.put("role", invite.role());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("createdAt", WireTime.text(invite.createdAt()));
        body.put("revokedAt", time(invite.revokedAt()));
        body.put("createdByName", invite.createdByName());
        return body;
    }

    /** {@code targetPeerId} is there for old consoles: what an event is about stands in its metadata. */
    public static Map<String, Object> event(AuditInspection.Row event) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", Long.toString(event.id()));
        body.put("meshId", event.meshId());
        body.put("meshName", event.meshName());
        body.put("meshSlug", event.meshSlug());
        body.put("eventType", event.eventType());
        body.put("actorPeerId", event.actorMemberId());
        body.put("actorName", event.actorDisplayName());
        body.put("targetPeerId", null);
        body.put("metadata", event.payload());
        body.put("place", event.place());
        body.put("prevHash", event.previousHash());
        body.put("hash", event.hash());
        body.put("createdAt", WireTime.text(event.createdAt()));
        return body;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : WireTime.text(at);
    }
}
