package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.invite.ClaimOutcome;
import com.claudemesh.invite.ClaimRequest;
import com.claudemesh.invite.Entrance;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Claims of short codes, which have two addresses: the broker's and the application's. */
@RequestScoped
public class Claims {
    private static final int MIN_KEY_CHARS = 32;

    @Inject
    private Entrance entrance;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Settings settings;

    public Response claim(String code, InputStream in) {
        JsonBody body = JsonBody.read(in, settings.maxMessageBytes(), Claims::malformed);
        Optional<String> key = body.text("recipient_x25519_pubkey").filter(text -> text.length() >= MIN_KEY_CHARS);
        Optional<String> name = body.text("display_name").flatMap(DisplayName::clean);
        Optional<String> memberKey = body.text("peer_pubkey").filter(Hex::isKey);
        boolean wrongName = body.has("display_name") && name.isEmpty();
        boolean wrongMemberKey = body.has("peer_pubkey") && memberKey.isEmpty();
        if (key.isEmpty() || wrongName || wrongMemberKey) {
            return Answer.error(400, "malformed");
        }
        if (!settings.meshes().inviteV2Enabled()) {
            return disabled();
        }
        return answer(entrance.claim(
                code,
                new ClaimRequest(
                        key.get(),
                        name.orElse(null),
                        memberKey.orElse(null),
                        caller.person().map(Account::id).orElse(null))));
    }

    private static Response malformed(int status, String problem) {
        return Answer.error(status, status == 413 ? problem : "malformed");
    }

    private static Response disabled() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "invite_v2_disabled");
        body.put("detail", "the operator has switched claims off (BROKER_INVITE_V2_ENABLED)");
        return Answer.json(501, body);
    }

    private static Response answer(ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Claimed claimed) {
            return claimed(claimed);
        }
        if (outcome instanceof ClaimOutcome.Gone gone) {
            return Answer.error(410, gone.flaw().name().toLowerCase(Locale.ROOT));
        }
        if (outcome instanceof ClaimOutcome.NotFound) {
            return Answer.error(404, "not_found");
        }
        if (outcome instanceof ClaimOutcome.Banned) {
            return Answer.error(403, "member_banned");
        }
        if (outcome instanceof ClaimOutcome.Full) {
            return Answer.error(409, "mesh_full");
        }
        return Answer.error(400, outcome instanceof ClaimOutcome.BadSignature ? "bad_signature" : "malformed");
    }

    private static Response claimed(ClaimOutcome.Claimed claimed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sealed_root_key", claimed.sealedRootKey());
        body.put("mesh_id", claimed.meshId());
        body.put("member_id", claimed.memberId());
        body.put("owner_pubkey", claimed.ownerPublicKey());
        body.put("canonical_v2", claimed.canonical());
        body.put("signature", claimed.signature());
        body.put("mesh_slug", claimed.meshSlug());
        body.put("name", claimed.meshName());
        body.put("broker_url", claimed.brokerUrl());
        if (claimed.already()) {
            body.put("already_member", true);
        }
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
