package com.claudemesh.web.mesh;

import com.claudemesh.inspection.SessionInspection;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshChange;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Members and the policy about them, in the shapes of the broker's interface. */
@RequestScoped
public class MemberPages {

    @Inject
    private MeshDirectory directory;

    @Inject
    private Members members;

    @Inject
    private Meshes meshes;

    @Inject
    private PeerRegistry registry;

    @Inject
    private SessionInspection sessions;

    /** When members of one mesh joined, and when they were last connected, by their ids. */
    private record Times(Map<String, Instant> joined, Map<String, Instant> seen) {}

    private Times times(String meshId) {
        return new Times(members.joinTimes(meshId), sessions.lastSeen(meshId));
    }

    /** @param known whether whoever asks may see which accounts members belong to */
    Response list(MeshView mesh, boolean known) {
        Times times = times(mesh.meshId());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put(
                "members",
                directory.currentMembers(mesh.meshId()).stream()
                        .sorted(Comparator.comparing(MemberView::displayName).thenComparing(MemberView::memberId))
                        .map(member -> listed(member, times, known))
                        .toList());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    private Map<String, Object> listed(MemberView member, Times times, boolean known) {
        int sessions =
                registry.peersOfMember(member.meshId(), member.memberId()).size();
        Map<String, Object> body = member(member, times, known);
        body.put("online", sessions > 0);
        body.put("sessionCount", sessions);
        return body;
    }

    /** One member, for somebody who may see which account it belongs to. */
    Map<String, Object> member(MemberView member) {
        return member(member, times(member.meshId()), true);
    }

    private static Map<String, Object> member(MemberView member, Times times, boolean known) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", member.memberId());
        body.put("displayName", member.displayName());
        body.put("roleTag", member.roleTag());
        body.put("groups", member.defaultGroups());
        body.put("messageMode", member.messageMode());
        body.put("permission", member.role().wire());
        if (known) {
            body.put("dashboardUserId", member.accountId());
        }
        body.put("joinedAt", MeshPages.time(times.joined().get(member.memberId())));
        body.put("lastSeenAt", MeshPages.time(times.seen().get(member.memberId())));
        return body;
    }

    /** {@code selfEditable}, whose missing flags stay as they are, and {@code v1Invites}. */
    Response changePolicy(MeshView mesh, Actor actor, JsonBody body) {
        Optional<JsonNode> flags = body.object("selfEditable");
        Optional<Boolean> v1Invites = body.flag("v1Invites");
        if (body.has("selfEditable") && flags.isEmpty() || body.has("v1Invites") && v1Invites.isEmpty()) {
            return Answer.notOk(400, "selfEditable must be an object, v1Invites true or false");
        }
        if (flags.isEmpty() && v1Invites.isEmpty()) {
            return Answer.notOk(400, "no settings to update");
        }
        MeshChange outcome = meshes.changePolicy(
                mesh.meshId(),
                actor,
                flags.map(wanted -> policy(mesh.policy(), wanted)).orElse(null),
                v1Invites.orElse(null));
        return outcome instanceof MeshChange.Done ? Answer.ok(Map.of("ok", true)) : Answer.notOk(400, "mesh not found");
    }

    private static HelloAck.SelfEditable policy(HelloAck.SelfEditable now, JsonNode wanted) {
        return new HelloAck.SelfEditable(
                flag(wanted.get("displayName"), now.displayName()),
                flag(wanted.get("roleTag"), now.roleTag()),
                flag(wanted.get("groups"), now.groups()),
                flag(wanted.get("messageMode"), now.messageMode()));
    }

    private static boolean flag(@Nullable JsonNode value, boolean now) {
        if (value != null && !value.isBoolean()) {
            throw Answer.stop(Answer.notOk(400, "selfEditable: every flag is true or false"));
        }
        return value == null ? now : value.booleanValue();
    }
}
