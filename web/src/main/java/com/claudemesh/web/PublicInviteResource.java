package com.claudemesh.web;

import com.claudemesh.invite.InvitePreview;
import com.claudemesh.invite.InviteService;
import com.claudemesh.presence.WireTime;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /api/public/…}: what the holder of an invitation may look up without signing in. */
@Path("/api/public")
@RequestScoped
@Requires(Access.PUBLIC)
public class PublicInviteResource {

    @Inject
    private InviteService invites;

    @GET
    @Path("/invite-code/{code}")
    public Response byCode(@PathParam("code") String code) {
        return invites.tokenOf(code)
                .map(token -> {
                    Map<String, Object> body = new LinkedHashMap<>();
                    body.put("found", true);
                    body.put("token", token);
                    return uncached(200, body);
                })
                .orElseGet(() -> uncached(404, Map.of("found", false)));
    }

    @GET
    @Path("/invite/{token}")
    public Response preview(@PathParam("token") String token) {
        return invites.preview(token)
                .map(preview -> uncached(200, valid(preview, token)))
                .orElseGet(() -> uncached(200, Map.of("valid", false, "reason", "not_found")));
    }

    private static Map<String, Object> valid(InvitePreview preview, String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("valid", true);
        body.put("meshName", preview.meshName());
        body.put("meshSlug", preview.meshSlug());
        body.put("inviterName", null);
        body.put("memberCount", preview.memberCount());
        body.put("role", preview.role());
        body.put("expiresAt", WireTime.text(preview.expiresAt()));
        body.put("maxUses", preview.maxUses());
        body.put("usedCount", preview.usedCount());
        body.put("token", token);
        return body;
    }

    private static Response uncached(int status, Object body) {
        return Answer.builder(status, body).header("Cache-Control", "no-store").build();
    }
}
