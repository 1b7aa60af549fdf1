package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Caller;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshChange;
import com.claudemesh.mesh.MeshCreation;
import com.claudemesh.mesh.MeshDetails;
import com.claudemesh.mesh.MeshPage;
import com.claudemesh.mesh.MeshQuery;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.NewMesh;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.moderation.Moderation;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.crypto.naming.Slugs;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /api/my/meshes}: the meshes of a person, in the console and for command lines. */
@Path("/api/my/meshes")
@RequestScoped
@Requires(Access.PERSON)
public class MyMeshesResource {
    private static final Set<String> VISIBILITIES = Set.of("private", "public");
    private static final Set<String> TRANSPORTS = Set.of("managed", "tailscale", "self_hosted");
    private static final int MAX_PER_PAGE = 100;
    private static final int MIN_NAME_CHARS = 2;

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshAccess access;

    @Inject
    private Meshes meshes;

    @Inject
    private Members members;

    @Inject
    private MeshPages pages;

    @Inject
    private Moderation moderation;

    @Inject
    private Settings settings;

    /** Command lines get a plain list of what lives, the console a page of everything. */
    @GET
    public Response list(
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("perPage") @DefaultValue("10") int perPage,
            @QueryParam("q") @DefaultValue("") String text) {
        String account = caller.account().id();
        if (caller.caller() instanceof Caller.Bearer) {
            return Answer.ok(meshes.listOf(account, MeshQuery.live()).meshes().stream()
                    .map(MeshPages::brief)
                    .toList());
        }
        if (page < 1 || perPage < 1 || perPage > MAX_PER_PAGE) {
            return Answer.error(422, "page must be at least 1 and perPage from 1 to " + MAX_PER_PAGE);
        }
        MeshPage found = meshes.listOf(account, new MeshQuery(text.strip(), true, perPage, (page - 1L) * perPage));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", found.meshes().stream().map(MeshPages::row).toList());
        body.put("total", found.total());
        return Answer.ok(body);
    }

    @POST
    public Response create(InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> name =
                body.text("name").flatMap(DisplayName::clean).filter(text -> text.length() >= MIN_NAME_CHARS);
        if (name.isEmpty()) {
            return Answer.error(400, "name must be 2-60 visible characters");
        }
        NewMesh.Labels labels = new NewMesh.Labels(
                label(body, "visibility", VISIBILITIES, "private"), label(body, "transport", TRANSPORTS, "managed"));
        MeshCreation outcome = meshes.create(new NewMesh(
                name.get(),
                Slugs.forDashboard(name.get()),
                null,
                caller.account().id(),
                false,
                labels,
                MeshResource.settingsOf(body)));
        if (outcome instanceof MeshCreation.Created created) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("id", created.mesh().meshId());
            answer.put("slug", created.mesh().slug());
            return Answer.ok(answer);
        }
        return outcome instanceof MeshCreation.TooMany tooMany
                ? Answer.error(400, "You own " + tooMany.maxMeshes() + " meshes, which is the most")
                : Answer.error(400, "Too many meshes with this name");
    }

    private static String label(JsonBody body, String field, Set<String> values, String fallback) {
        if (!body.has(field)) {
            return fallback;
        }
        return body.text(field)
                .filter(values::contains)
                .orElseThrow(() -> Answer.stop(Answer.error(400, field + " must be one of " + values)));
    }

    /** Nothing about a mesh that the caller has nothing to do with: it looks like one that does not exist. */
    @GET
    @Path("/{id}")
    public Response details(@PathParam("id") String id) {
        Optional<MeshDetails> details = meshes.details(caller.account().id(), id);
        return Answer.builder(200, pages.details(details, caller.account().id()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Renames; for command lines that know a mesh by its slug. */
    @PATCH
    @Path("/{slug}")
    public Response rename(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> name = body.text("name").flatMap(DisplayName::clean);
        if (name.isEmpty()) {
            return Answer.error(400, "name " + DisplayName.RULE);
        }
        Optional<MeshView> mesh = access.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        if (!access.may(Requirement.OWNER, mesh.get().meshId())) {
            return Answer.error(403, "Only the owner can rename a mesh");
        }
        MeshChange outcome =
                meshes.rename(mesh.get().meshId(), access.actor(mesh.get().meshId()), name.get());
        if (!(outcome instanceof MeshChange.Done)) {
            return Answer.error(404, "Mesh not found");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slug", mesh.get().slug());
        answer.put("name", name.get());
        return Answer.ok(answer);
    }

    @POST
    @Path("/{id}/archive")
    public Response archive(@PathParam("id") String id) {
        Optional<MeshView> mesh = access.find(id).filter(found -> access.may(Permission.DELETE_MESH, found.meshId()));
        if (mesh.isEmpty() || !(meshes.archive(id, access.actor(id)) instanceof MeshChange.Done)) {
            return Answer.error(400, "Mesh not found or you are not the owner.");
        }
        moderation.closeMesh(mesh.get().meshId(), mesh.get().name());
        return Answer.ok(Map.of("id", id));
    }

    @POST
    @Path("/{id}/leave")
    public Response leave(@PathParam("id") String id) {
        Account account = caller.account();
        Members.Leaving outcome = members.leave(id, account.id(), account.name());
        if (outcome instanceof Members.Leaving.Left left) {
            left.memberIds().forEach(memberId -> moderation.seeOff(id, memberId));
            return Answer.ok(Map.of("id", left.memberIds().get(0)));
        }
        if (outcome instanceof Members.Leaving.Owner) {
            return Answer.error(400, "You own this mesh: hand it over first, or archive it.");
        }
        return outcome instanceof Members.Leaving.LastAdministrator
                ? Answer.error(400, "You are the last administrator of this mesh.")
                : Answer.error(400, "You are not a member of this mesh.");
    }

    /** Hands the mesh over to the person behind the member {@code memberId}. */
    @POST
    @Path("/{id}/transfer")
    public Response transfer(@PathParam("id") String id, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> memberId = body.text("memberId");
        if (memberId.isEmpty()) {
            return Answer.error(400, "memberId required");
        }
        Optional<MeshView> mesh = access.find(id).filter(found -> access.may(Requirement.OWNER, found.meshId()));
        if (mesh.isEmpty()) {
            return Answer.error(400, "Mesh not found or you are not the owner.");
        }
        String meshId = mesh.get().meshId();
        MeshChange outcome = meshes.transfer(meshId, access.actor(meshId), memberId.get());
        return outcome instanceof MeshChange.Done
                ? Answer.ok(Map.of("id", meshId))
                : Answer.error(400, "memberId must be an active member that belongs to an account");
    }
}
