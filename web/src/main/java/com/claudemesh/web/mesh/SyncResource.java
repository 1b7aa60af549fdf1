package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Accounts;
import com.claudemesh.mesh.MeshSync;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.token.SyncToken;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code POST /cli-sync}: a token from the browser becomes memberships of the command line's key. */
@Path("/cli-sync")
@RequestScoped
@Requires(Access.PUBLIC)
public class SyncResource {

    @Inject
    private MeshSync sync;

    @Inject
    private Accounts accounts;

    @Inject
    private Settings settings;

    @POST
    public Response enrol(InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Answer::notOk);
        Optional<String> token = body.text("sync_token");
        Optional<String> key = body.text("peer_pubkey");
        Optional<String> name = body.text("display_name");
        if (token.isEmpty() || key.isEmpty() || name.isEmpty()) {
            return Answer.notOk(400, "sync_token, peer_pubkey, display_name required");
        }
        if (!Hex.isKey(key.get())) {
            return Answer.notOk(400, "peer_pubkey must be 64 hex chars (32 bytes)");
        }
        if (!Curve25519Keys.isConvertible(key.get())) {
            return Answer.notOk(400, "peer_pubkey must be a valid ed25519 key");
        }
        Optional<String> clean = DisplayName.clean(name.get());
        if (clean.isEmpty()) {
            return Answer.notOk(400, "display_name " + DisplayName.RULE);
        }
        SyncToken.Result verdict = sync.redeem(token.get());
        if (verdict instanceof SyncToken.Result.Refused refused) {
            return Answer.notOk(400, "sync token invalid: " + refused.reason());
        }
        SyncToken good = ((SyncToken.Result.Accepted) verdict).token();
        if (accounts.find(good.accountId()).filter(Account::isEnabled).isEmpty()) {
            return Answer.notOk(400, "sync token invalid: the account is not enabled");
        }
        return answer(
                good.accountId(),
                sync.enrol(
                        good,
                        token.get(),
                        key.get().toLowerCase(Locale.ROOT),
                        clean.get(),
                        body.text("signature").orElse(null)));
    }

    private Response answer(String accountId, List<MeshSync.Membership> memberships) {
        if (memberships.isEmpty()) {
            return Answer.notOk(400, "no valid meshes found in sync token");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("account_id", accountId);
        body.put("meshes", memberships.stream().map(this::membership).toList());
        return Answer.ok(body);
    }

    private Map<String, Object> membership(MeshSync.Membership membership) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mesh_id", membership.meshId());
        body.put("slug", membership.slug());
        body.put("broker_url", settings.brokerUrl().toString());
        body.put("member_id", membership.memberId());
        body.put("role", membership.role().wire());
        return body;
    }
}
