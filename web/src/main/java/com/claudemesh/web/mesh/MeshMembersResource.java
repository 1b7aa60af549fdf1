package com.claudemesh.web.mesh;

import com.claudemesh.identity.Caller;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MemberChange;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.ProfileChange;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.mesh.Standing;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Announcer;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /mesh/:id/…}: members and their profiles.
 *
 * <p>Who asks is a person, or a member that has signed the request. Where the operator allows it, a bare
 * {@code X-Member-Id} is taken for that member, as unmodified clients send it: to see the list, and to change fields of its
 * own profile that are no right.
 */
@Path("/mesh/{meshId}")
@RequestScoped
@Requires(Access.ANYBODY)
public class MeshMembersResource {

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshAccess access;

    @Inject
    private MeshDirectory directory;

    @Inject
    private Members members;

    @Inject
    private MemberPages pages;

    @Inject
    private Announcer announcer;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Context
    private HttpServletRequest request;

    /**
     * Who asks, and how that is known.
     *
     * @param member the member that it acts as; null for persons without one and for the operator
     */
    private record Asker(Members.Asking asking, @Nullable MemberView member, boolean known) {}

    @GET
    @Path("/members")
    public Response list(@PathParam("meshId") String meshId, @HeaderParam("X-Member-Id") @Nullable String memberId) {
        MeshView mesh = mesh(meshId);
        boolean known = isSignedIn()
                ? access.may(Requirement.MEMBER, mesh.meshId())
                : memberId != null
                        && active(meshId, memberId)
                                .filter(member -> isProven(member, new byte[0]))
                                .isPresent();
        if (!known && isSignedIn()) {
            return Answer.notOk(400, "mesh not found");
        }
        return known || settings.meshes().unprovenProfiles()
                ? pages.list(mesh, known)
                : Answer.notOk(401, "sign in, or prove that you are a member");
    }

    private MeshView mesh(String meshId) {
        return directory.mesh(meshId).orElseThrow(() -> Answer.stop(Answer.notOk(400, "mesh not found")));
    }

    private boolean isSignedIn() {
        return !(caller.caller() instanceof Caller.Anonymous);
    }

    private boolean isProven(MemberView member, byte[] body) {
        return MemberProof.isBy(member, request, body, clock.millis());
    }

    private Optional<MemberView> active(String meshId, String memberId) {
        return directory.memberById(meshId, memberId).filter(member -> !member.revoked());
    }

    @PATCH
    @Path("/member/{memberId}")
    public Response edit(
            @PathParam("meshId") String meshId,
            @PathParam("memberId") String target,
            @HeaderParam("X-Member-Id") @Nullable String memberId,
            InputStream in) {
        byte[] bytes = read(in);
        ProfileChange change = ProfileBody.of(JsonBody.of(bytes, Answer::notOk));
        Asker asker = asker(meshId, memberId, bytes);
        MeshView mesh = mesh(meshId);
        boolean self =
                asker.member() != null && asker.member().memberId().equals(target) || isOwn(asker, meshId, target);
        if (!asker.known() && (!self || change.role() != null)) {
            return Answer.notOk(401, "sign in, or prove that you are this member");
        }
        if (change.isEmpty()) {
            return Answer.notOk(400, "no fields to update");
        }
        MemberChange outcome = members.editProfile(meshId, asker.asking(), target, self, change, mesh.policy());
        if (!(outcome instanceof MemberChange.Done)) {
            return Answer.notOk(400, problem(outcome));
        }
        announcer.profileUpdated(meshId, target, Json.mapper().valueToTree(change.wire()));
        return edited(mesh, target, change);
    }

    /** Whether the target is one of the signed-in person's members. */
    private boolean isOwn(Asker asker, String meshId, String target) {
        return asker.known()
                && isSignedIn()
                && access.members(meshId).stream()
                        .anyMatch(own -> own.memberId().equals(target));
    }

    private static String problem(MemberChange outcome) {
        if (outcome instanceof MemberChange.AdminManaged managed) {
            return "admin-managed fields: " + String.join(", ", managed.fields());
        }
        if (outcome instanceof MemberChange.Forbidden forbidden) {
            return forbidden.reason();
        }
        return outcome instanceof MemberChange.LastAdministrator
                ? "the last administrator stays one"
                : "member not found";
    }

    private Response edited(MeshView mesh, String memberId, ProfileChange change) {
        Optional<MemberView> member = active(mesh.meshId(), memberId);
        if (member.isEmpty()) {
            return Answer.notOk(400, "member not found after update");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("member", pages.member(member.get()));
        body.put("changes", change.wire());
        return Answer.ok(body);
    }

    @PATCH
    @Path("/settings")
    public Response settings(
            @PathParam("meshId") String meshId, @HeaderParam("X-Member-Id") @Nullable String memberId, InputStream in) {
        byte[] bytes = read(in);
        JsonBody body = JsonBody.of(bytes, Answer::notOk);
        Asker asker = asker(meshId, memberId, bytes);
        if (!asker.known()) {
            return Answer.notOk(401, "sign in, or prove that you are this member");
        }
        if (asker.asking().standing() == Standing.MEMBER) {
            return Answer.notOk(400, "admin access required");
        }
        return pages.changePolicy(mesh(meshId), asker.asking().actor(), body);
    }

    private byte[] read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(settings.maxMessageBytes() + 1);
            if (bytes.length > settings.maxMessageBytes()) {
                throw Answer.stop(Answer.notOk(413, "payload too large"));
            }
            return bytes;
        } catch (IOException e) {
            throw Answer.stop(Answer.notOk(400, "the body could not be read"));
        }
    }

    private Asker asker(String meshId, @Nullable String memberId, byte[] body) {
        if (isSignedIn()) {
            return signedIn(meshId, memberId);
        }
        if (memberId == null) {
            throw Answer.stop(Answer.notOk(401, "X-Member-Id header required"));
        }
        mesh(meshId);
        MemberView member = active(meshId, memberId).orElseThrow(MeshMembersResource::noMember);
        boolean proven = isProven(member, body);
        if (!proven && !settings.meshes().unprovenProfiles()) {
            throw Answer.stop(Answer.notOk(401, "sign in, or prove that you are this member"));
        }
        // A member that is merely named has no right of its own: it may do what every member may do with itself.
        return new Asker(
                new Members.Asking(
                        new Actor(member.memberId(), member.displayName()),
                        proven ? member.standing() : Standing.MEMBER,
                        proven ? member.permissions() : Permission.defaults(Standing.MEMBER)),
                member,
                proven);
    }

    private Asker signedIn(String meshId, @Nullable String memberId) {
        mesh(meshId);
        if (!access.may(Requirement.MEMBER, meshId)) {
            throw noMember();
        }
        Optional<MemberView> named = access.members(meshId).stream()
                .filter(own -> own.memberId().equals(memberId))
                .findFirst();
        if (memberId != null && named.isEmpty() && !(caller.caller() instanceof Caller.TheOperator)) {
            throw noMember();
        }
        return new Asker(access.asking(meshId), named.orElse(null), true);
    }

    private static WebApplicationException noMember() {
        return Answer.stop(Answer.notOk(400, "caller not a member of this mesh"));
    }
}
