package com.claudemesh.web;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Accounts;
import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.InvitePreview;
import com.claudemesh.invite.ResolvedCode;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.mesh.Claims;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/…}: what the holder of an invitation may look up, and do, without signing in. */
@Path("/api/public")
@RequestScoped
@Requires(Access.PUBLIC)
public class PublicInviteResource {

    @Inject
    private Invitations invitations;

    @Inject
    private Accounts accounts;

    @Inject
    private Claims claims;

    @GET
    @Path("/invite-code/{code}")
    public Response byCode(@PathParam("code") String code) {
        return invitations
                .resolve(code)
                .map(resolved -> uncached(200, found(resolved)))
                .orElseGet(() -> uncached(404, Map.of("found", false)));
    }

    private static Map<String, Object> found(ResolvedCode resolved) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("found", true);
        if (resolved.token() != null) {
            body.put("token", resolved.token());
        }
        body.put("code", resolved.code());
        body.put("mesh_slug", resolved.meshSlug());
        body.put("broker_url", resolved.brokerUrl());
        body.put("owner_pubkey", resolved.ownerPublicKey());
        body.put("canonical_v2", resolved.canonical());
        body.put("expires_at", WireTime.text(resolved.expiresAt()));
        body.put("role", resolved.role());
        return body;
    }

    @POST
    @Path("/invites/{code}/claim")
    @Requires(Access.ANYBODY)
    public Response claim(@PathParam("code") String code, InputStream in) {
        return claims.claim(code, in);
    }

    @GET
    @Path("/invite/{token}")
    public Response preview(@PathParam("token") String token) {
        InvitePreview preview = invitations.preview(token);
        return preview instanceof InvitePreview.Valid valid
                ? Answer.builder(200, valid(valid, token))
                        .header("Cache-Control", "public, max-age=30")
                        .build()
                : uncached(200, invalid((InvitePreview.Invalid) preview));
    }

    private Map<String, Object> valid(InvitePreview.Valid preview, String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("valid", true);
        body.put("meshName", preview.meshName());
        body.put("meshSlug", preview.meshSlug());
        body.put("inviterName", name(preview.inviterAccountId()));
        body.put("memberCount", preview.memberCount());
        body.put("role", preview.role());
        body.put("expiresAt", WireTime.text(preview.expiresAt()));
        body.put("maxUses", preview.maxUses());
        body.put("usedCount", preview.usedCount());
        body.put("token", token);
        return body;
    }

    private Map<String, Object> invalid(InvitePreview.Invalid preview) {
        Instant expiry = preview.expiresAt();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("valid", false);
        body.put("reason", preview.reason());
        body.put("meshName", preview.meshName());
        body.put("inviterName", name(preview.inviterAccountId()));
        body.put("expiresAt", expiry == null ? null : WireTime.text(expiry));
        return body;
    }

    private @Nullable String name(@Nullable String accountId) {
        return Optional.ofNullable(accountId)
                .flatMap(accounts::find)
                .map(Account::name)
                .orElse(null);
    }

    private static Response uncached(int status, Object body) {
        return Answer.builder(status, body).header("Cache-Control", "no-store").build();
    }
}
