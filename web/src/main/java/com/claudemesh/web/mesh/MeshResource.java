package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.InviteOutcome;
import com.claudemesh.invite.InviteWish;
import com.claudemesh.invite.NewInvite;
import com.claudemesh.mesh.MeshChange;
import com.claudemesh.mesh.MeshCreated;
import com.claudemesh.mesh.MeshCreation;
import com.claudemesh.mesh.MeshSettings;
import com.claudemesh.mesh.MeshTemplate;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.NewMesh;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.mesh.Role;
import com.claudemesh.moderation.Moderation;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /cli/mesh/…}: making meshes, inviting into them, ending them. */
@Path("/cli/mesh")
@RequestScoped
@Requires(Access.BEARER)
public class MeshResource {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshAccess access;

    @Inject
    private Meshes meshes;

    @Inject
    private Invitations invitations;

    @Inject
    private HourlyLimits limits;

    @Inject
    private Moderation moderation;

    @Inject
    private Settings settings;

    @POST
    @Path("/create")
    public Response create(InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> name = body.text("name").flatMap(DisplayName::clean);
        if (name.isEmpty()) {
            return Answer.error(400, body.has("name") ? "name must be 1-60 visible characters" : "name required");
        }
        Optional<String> key = body.text("pubkey").filter(Hex::isKey).map(text -> text.toLowerCase(Locale.ROOT));
        if (key.isEmpty()) {
            return Answer.error(400, "pubkey required (64 hex chars)");
        }
        if (!Curve25519Keys.isConvertible(key.get())) {
            return Answer.error(400, "pubkey must be a valid ed25519 key");
        }
        Optional<String> slug = body.text("slug");
        if (slug.isPresent() && !SLUG.matcher(slug.get()).matches()) {
            return Answer.error(400, "slug must be 1-60 of a-z 0-9 - and begin with a letter or digit");
        }
        String owner = caller.person().map(Account::id).orElse(null);
        // What the operator provisions serves every client; what people make carries no root key in its links.
        boolean v1Invites = owner == null;
        return created(meshes.create(new NewMesh(
                name.get(), slug.orElse(null), key.get(), owner, v1Invites, NewMesh.Labels.DEFAULT, settingsOf(body))));
    }

    /** Template and description as a mesh keeps them; stops the request when one of them is wrong. */
    static MeshSettings settingsOf(JsonBody body) {
        String description = body.text("description").orElse(null);
        if (description != null && description.length() > MeshSettings.MAX_DESCRIPTION_CHARS) {
            throw Answer.stop(Answer.error(
                    400, "description must be at most " + MeshSettings.MAX_DESCRIPTION_CHARS + " characters"));
        }
        if (!body.has("template")) {
            return MeshSettings.plain(description);
        }
        return body.text("template")
                .flatMap(MeshTemplate::fromWire)
                .map(template -> template.settings(description))
                .orElseThrow(() -> Answer.stop(Answer.error(400, "template must be one of " + MeshTemplate.names())));
    }

    private static Response created(MeshCreation outcome) {
        if (outcome instanceof MeshCreation.TooMany tooMany) {
            return Answer.error(409, "You own " + tooMany.maxMeshes() + " meshes, which is the most");
        }
        return outcome instanceof MeshCreation.Created created
                ? created(created.mesh())
                : Answer.error(409, "Too many meshes with this name");
    }

    private static Response created(MeshCreated mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("slug", mesh.slug());
        body.put("name", mesh.name());
        body.put("member_id", mesh.ownerMemberId());
        body.put("owner_pubkey", mesh.ownerPublicKey());
        body.put("root_key", mesh.rootKey());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    @POST
    @Path("/{slug}/invite")
    public Response invite(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<MeshView> mesh = access.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        if (!access.may(Permission.INVITE, mesh.get().meshId())) {
            return Answer.error(403, "Only the owner can invite (for now)");
        }
        InviteWish wish = InviteBody.ofCommandLine(body);
        if (wish.role() == Role.ADMIN
                && !access.may(Requirement.ADMIN, mesh.get().meshId())) {
            return Answer.error(403, "Only administrators invite administrators");
        }
        Optional<String> email = InviteBody.email(body);
        if (email.isPresent()) {
            limits.takeInviteMail();
        }
        return invited(invite(mesh.get(), wish, email.orElse(null)));
    }

    private InviteOutcome invite(MeshView mesh, InviteWish wish, @Nullable String email) {
        Invitations.Inviter inviter = new Invitations.Inviter(
                access.actor(mesh.meshId()), access.accountId().orElse(null));
        return email == null
                ? invitations.create(mesh, wish, inviter)
                : invitations.createByMail(mesh, wish, inviter, email);
    }

    private static Response invited(InviteOutcome outcome) {
        if (!(outcome instanceof InviteOutcome.Created created)) {
            return Answer.error(
                    409,
                    "The mesh has " + ((InviteOutcome.TooMany) outcome).maxInvites()
                            + " usable invitations, which is the most");
        }
        NewInvite invite = created.invite();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("url", invite.url());
        body.put("code", invite.code());
        body.put("expires_at", WireTime.text(invite.expiresAt()));
        body.put("emailed", invite.emailed());
        body.put("id", invite.id());
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }

    /** Ends the mesh for everybody. Whoever says in {@code confirm} which mesh it means must mean this one. */
    @DELETE
    @Path("/{slug}")
    public Response delete(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.readOptional(in, settings.maxMessageBytes(), Answer::error);
        Optional<MeshView> mesh = access.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        if (!access.may(Permission.DELETE_MESH, mesh.get().meshId())) {
            return Answer.error(403, "Only the mesh owner can delete it");
        }
        if (body.has("confirm")
                && !body.text("confirm").equals(Optional.of(mesh.get().slug()))) {
            return Answer.error(409, "confirm must be the slug of the mesh");
        }
        MeshChange outcome =
                meshes.archive(mesh.get().meshId(), access.actor(mesh.get().meshId()));
        if (outcome instanceof MeshChange.NotFound) {
            return Answer.error(404, "Mesh not found");
        }
        moderation.closeMesh(mesh.get().meshId(), mesh.get().name());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("deleted", mesh.get().slug());
        return Answer.ok(answer);
    }
}
