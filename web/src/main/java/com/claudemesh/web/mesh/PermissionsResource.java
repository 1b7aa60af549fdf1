package com.claudemesh.web.mesh;

import com.claudemesh.mesh.MemberChange;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /cli/mesh/:slug/permissions}: what each member may do. A {@code requester_id} in the body counts for nothing. */
@Path("/cli/mesh/{slug}/permissions")
@RequestScoped
@Requires(Access.BEARER)
public class PermissionsResource {

    @Inject
    private MeshAccess access;

    @Inject
    private MeshDirectory directory;

    @Inject
    private Members members;

    @Inject
    private Settings settings;

    @GET
    public Response list(@PathParam("slug") String slug) {
        MeshView mesh = mesh(slug);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mesh", mesh.slug());
        body.put(
                "members",
                directory.currentMembers(mesh.meshId()).stream()
                        .sorted(Comparator.comparing(MemberView::displayName).thenComparing(MemberView::memberId))
                        .map(PermissionsResource::view)
                        .toList());
        return Answer.ok(body);
    }

    private MeshView mesh(String slug) {
        MeshView mesh = access.find(slug).orElseThrow(() -> Answer.stop(Answer.error(404, "Mesh not found")));
        if (!access.may(Requirement.MEMBER, mesh.meshId())) {
            throw Answer.stop(Answer.error(403, "Not a member of this mesh"));
        }
        return mesh;
    }

    private static Map<String, Object> view(MemberView member) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("member_id", member.memberId());
        body.put("display_name", member.displayName());
        body.put("role", member.role().wire());
        body.put("is_owner", member.owner());
        body.put("permissions", flags(member.permissions()));
        return body;
    }

    /** Every flag by its name. */
    static Map<String, Boolean> flags(Collection<Permission> granted) {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        for (Permission one : Permission.values()) {
            flags.put(one.wire(), granted.contains(one));
        }
        return flags;
    }

    @POST
    public Response change(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> memberId = body.text("member_id");
        Optional<JsonNode> wanted = body.object("permissions");
        if (memberId.isEmpty() || wanted.isEmpty()) {
            return Answer.error(400, "requester_id, member_id, and permissions required");
        }
        Map<Permission, Boolean> updates = updates(wanted.get());
        MeshView mesh = mesh(slug);
        MemberChange outcome =
                members.changeRights(mesh.meshId(), access.asking(mesh.meshId()), memberId.get(), updates);
        if (outcome instanceof MemberChange.Forbidden forbidden) {
            return Answer.error(403, forbidden.reason());
        }
        return outcome instanceof MemberChange.Done
                ? Answer.ok(Map.of("ok", true))
                : Answer.error(404, "Member not found");
    }

    private static Map<Permission, Boolean> updates(JsonNode wanted) {
        Map<Permission, Boolean> updates = new EnumMap<>(Permission.class);
        for (Map.Entry<String, JsonNode> one : wanted.properties()) {
            Permission permission = Permission.fromWire(one.getKey())
                    .orElseThrow(() -> Answer.stop(Answer.error(400, "permissions: unknown flag")));
            if (!one.getValue().isBoolean()) {
                throw Answer.stop(Answer.error(400, "permissions." + permission.wire() + " must be true or false"));
            }
            updates.put(permission, one.getValue().booleanValue());
        }
        return updates;
    }
}
