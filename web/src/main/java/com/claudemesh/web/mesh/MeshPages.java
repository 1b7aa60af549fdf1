package com.claudemesh.web.mesh;

import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.Invite;
import com.claudemesh.mesh.MeshDetails;
import com.claudemesh.mesh.MeshListing;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.presence.WireTime;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Meshes in the shapes of the console's interface. */
@RequestScoped
public class MeshPages {
    private static final int MAX_INVITES = 50;

    @Inject
    private MeshAccess access;

    @Inject
    private Invitations invitations;

    @Inject
    private SessionInspection sessions;

    /** For command lines. */
    static Map<String, Object> brief(MeshListing mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("slug", mesh.slug());
        body.put("name", mesh.name());
        body.put("role", mesh.standing().wire());
        body.put("member_count", mesh.memberCount());
        return body;
    }

    static Map<String, Object> row(MeshListing mesh) {
        Map<String, Object> body = labels(mesh);
        body.put("createdAt", WireTime.text(mesh.createdAt()));
        body.put("archivedAt", time(mesh.archivedAt()));
        body.put("isOwner", mesh.owner());
        body.put("myRole", mesh.standing().role().wire());
        body.put("memberCount", mesh.memberCount());
        return body;
    }

    private static Map<String, Object> labels(MeshListing mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("name", mesh.name());
        body.put("slug", mesh.slug());
        body.put("visibility", mesh.visibility());
        body.put("transport", mesh.transport());
        body.put("tier", mesh.tier());
        return body;
    }

    /** Empty lists and no mesh when there is nothing to show. */
    Map<String, Object> details(Optional<MeshDetails> details, String accountId) {
        Map<String, Instant> seen =
                details.map(found -> sessions.lastSeen(found.mesh().meshId())).orElse(Map.of());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mesh", details.map(MeshPages::mesh).orElse(null));
        body.put(
                "members",
                details.stream()
                        .flatMap(found -> found.members().stream())
                        .map(member -> member(member, seen.get(member.memberId()), accountId))
                        .toList());
        body.put("invites", details.map(this::invites).orElse(List.of()));
        return body;
    }

    private static Map<String, Object> mesh(MeshDetails details) {
        MeshListing mesh = details.mesh();
        Map<String, Object> body = labels(mesh);
        body.put("maxPeers", null);
        body.put("createdAt", WireTime.text(mesh.createdAt()));
        body.put("archivedAt", time(mesh.archivedAt()));
        body.put("ownerUserId", details.ownerAccountId());
        body.put("isOwner", mesh.owner());
        body.put("myRole", mesh.standing().role().wire());
        body.put("settings", details.settings());
        return body;
    }

    private static Map<String, Object> member(MeshDetails.Row member, @Nullable Instant lastSeenAt, String accountId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", member.memberId());
        body.put("displayName", member.displayName());
        body.put("role", member.role().wire());
        body.put("joinedAt", WireTime.text(member.joinedAt()));
        body.put("lastSeenAt", time(lastSeenAt));
        body.put("revokedAt", time(member.endedAt()));
        body.put("isMe", accountId.equals(member.accountId()));
        return body;
    }

    /** What lets somebody in is for those who may let somebody in. */
    private List<Map<String, Object>> invites(MeshDetails details) {
        String meshId = details.mesh().meshId();
        boolean administers = access.may(Requirement.ADMIN, meshId);
        return invitations.ofMesh(meshId, MAX_INVITES).stream()
                .map(invite -> invite(invite, administers))
                .toList();
    }

    private Map<String, Object> invite(Invite invite, boolean administers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", invite.id());
        body.put("token", administers ? invitations.tokenOf(invite).orElse(null) : null);
        body.put("code", administers ? invite.code() : null);
        body.put("maxUses", invite.maxUses());
        body.put("usedCount", invite.usedCount());
        body.put("role", invite.role().wire());
        body.put("expiresAt", WireTime.text(invite.expiresAt()));
        body.put("createdAt", WireTime.text(invite.createdAt()));
        body.put("revokedAt", time(invite.revokedAt()));
        return body;
    }

    static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : WireTime.text(at);
    }
}
