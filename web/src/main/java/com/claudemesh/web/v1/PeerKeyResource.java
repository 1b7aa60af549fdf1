package com.claudemesh.web.v1;

import com.claudemesh.mesh.KeyReplacement;
import com.claudemesh.mesh.MemberKeys;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /me/peer-pubkey}: a browser that has made itself a key tells so (http §5.6). */
@Path("/api/v1/me/peer-pubkey")
@RequestScoped
@Requires(Access.API_KEY)
public class PeerKeyResource {
    private static final int KEY_CHARS = 64;
    private static final int SIGNATURE_CHARS = 128;

    @Inject
    private CurrentKey key;

    @Inject
    private MemberKeys memberKeys;

    @Inject
    private RequestLimits limits;

    @Context
    private ContainerRequestContext request;

    /** Any key of the member will do, also one for a single topic: that is what a page of the console has. */
    @POST
    @Needs({})
    public Response replace(InputStream in) {
        RequestBody body = RequestBody.read(in, request.getMediaType(), limits.maxBodyBytes());
        MemberKeys.Proof proof = new MemberKeys.Proof(
                body.text("pubkey", KEY_CHARS, KEY_CHARS),
                body.time("timestamp"),
                body.text("signature", SIGNATURE_CHARS, SIGNATURE_CHARS));
        String memberId = key.grant().issuerMemberId();
        KeyReplacement outcome = memberKeys.replace(key.meshId(), memberId, proof);
        if (outcome instanceof KeyReplacement.Done done) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("memberId", memberId);
            answer.put("pubkey", done.publicKey());
            answer.put("changed", done.changed());
            return Answer.ok(answer);
        }
        if (outcome instanceof KeyReplacement.Invalid invalid) {
            throw ApiProblem.invalid(invalid.field(), invalid.text());
        }
        if (outcome instanceof KeyReplacement.NotInABrowser refused) {
            return Answer.json(409, Map.of("error", "not_web_member", "detail", refused.reason()));
        }
        return outcome instanceof KeyReplacement.Taken
                ? Answer.error(409, "pubkey_taken")
                : Answer.error(404, "member_not_found");
    }
}
