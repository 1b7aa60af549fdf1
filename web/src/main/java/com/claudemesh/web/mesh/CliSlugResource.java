package com.claudemesh.web.mesh;

import com.claudemesh.mesh.MeshChange;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.platform.Settings;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code PATCH /api/cli/meshes/:slug}: another slug for a mesh. */
@Path("/api/cli/meshes/{slug}")
@RequestScoped
@Requires(Access.BEARER)
public class CliSlugResource {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{1,31}");

    @Inject
    private MeshAccess access;

    @Inject
    private Meshes meshes;

    @Inject
    private Settings settings;

    @PATCH
    public Response move(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), CliSlugResource::refusal);
        Optional<String> wanted = body.text("slug");
        if (wanted.isEmpty()) {
            return Answer.error(400, "slug is required");
        }
        if (!SLUG.matcher(wanted.get()).matches()) {
            return Answer.error(400, "slug must be 2-32 chars, lowercase alnum + hyphens, start with alnum");
        }
        Optional<MeshView> mesh = access.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "mesh \"" + slug + "\" not found");
        }
        if (!access.may(Requirement.OWNER, mesh.get().meshId())) {
            return Answer.error(403, "only the owner of \"" + slug + "\" may change its slug");
        }
        MeshChange outcome =
                meshes.moveTo(mesh.get().meshId(), access.actor(mesh.get().meshId()), wanted.get());
        if (outcome instanceof MeshChange.SlugTaken) {
            return Answer.error(409, "slug \"" + wanted.get() + "\" is already taken");
        }
        return outcome instanceof MeshChange.Done
                ? Answer.ok(Map.of("slug", wanted.get()))
                : Answer.error(404, "mesh \"" + slug + "\" not found");
    }

    private static Response refusal(int status, String problem) {
        return Answer.error(status, status == 400 ? "invalid JSON body" : problem);
    }
}
