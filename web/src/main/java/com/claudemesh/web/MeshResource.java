package com.claudemesh.web;

import com.claudemesh.identity.Account;
import com.claudemesh.invite.InviteLink;
import com.claudemesh.invite.InviteService;
import com.claudemesh.mesh.MeshCreated;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /cli/mesh/…}: making meshes, for everybody with a token; inviting into them, for the operator. */
@Path("/cli/mesh")
@RequestScoped
@Requires(Access.OPERATOR)
public class MeshResource {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    private static final Duration DEFAULT_LIFE = Duration.ofDays(7);
    private static final Duration MAX_LIFE = Duration.ofDays(365);
    private static final int MAX_USES = 1_000;

    @Inject
    private CurrentCaller caller;

    @Inject
    private MeshService meshes;

    @Inject
    private InviteService invites;

    @Inject
    private Settings settings;

    @POST
    @Path("/create")
    @Requires(Access.BEARER)
    public Response create(InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<String> name = body.text("name").flatMap(Names::clean);
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
        return meshes.create(name.get(), slug.orElse(null), key.get(), owner)
                .map(MeshResource::created)
                .orElseGet(() -> Answer.error(409, "Too many meshes with this name"));
    }

    private static Response created(MeshCreated mesh) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mesh.meshId());
        body.put("slug", mesh.slug());
        body.put("name", mesh.name());
        body.put("member_id", mesh.ownerMemberId());
        body.put("owner_pubkey", mesh.ownerPublicKey());
        body.put("root_key", mesh.rootKey());
        return Answer.ok(body);
    }

    @POST
    @Path("/{slug}/invite")
    public Response invite(@PathParam("slug") String slug, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::error);
        Optional<MeshView> mesh = meshes.find(slug);
        if (mesh.isEmpty()) {
            return Answer.error(404, "Mesh not found");
        }
        Optional<Role> role = body.has("role") ? body.text("role").flatMap(Role::fromWire) : Optional.of(Role.MEMBER);
        if (role.isEmpty()) {
            return Answer.error(400, "role must be admin or member");
        }
        int uses = body.has("max_uses") ? body.number("max_uses").orElse(0) : 1;
        if (uses < 1 || uses > MAX_USES) {
            return Answer.error(400, "max_uses must be a whole number from 1 to " + MAX_USES);
        }
        Optional<Duration> life = body.has("expires_in")
                ? body.text("expires_in").flatMap(MeshResource::life)
                : Optional.of(DEFAULT_LIFE);
        if (life.isEmpty()) {
            return Answer.error(400, "expires_in must be like 12h or 7d, at most 365d");
        }
        return invited(invites.create(mesh.get(), role.get(), uses, life.get(), null));
    }

    private static Optional<Duration> life(String text) {
        Matcher match = LIFE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(match.group(1));
        Duration life = match.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
        return life.compareTo(MAX_LIFE) > 0 ? Optional.empty() : Optional.of(life);
    }

    private static Response invited(InviteLink link) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("url", link.url());
        body.put("code", link.code());
        body.put("expires_at", WireTime.text(link.expiresAt()));
        body.put("emailed", false);
        return Answer.ok(body);
    }
}
