package com.claudemesh.cli.testing;

import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/** The invitations of a server with one mesh, {@code crew}, one code and one token; with real keys and signatures. */
public final class InviteServer extends JsonServer {
    public static final String CODE = "abcd2345efgh";
    public static final String MESH_ID = "meshid00000000000000000000000001";

    private final SigningKeyPair owner = SigningKeyPair.generate();
    private final byte[] rootKey = filled((byte) 7);
    private final InviteV2 invite =
            new InviteV2(MESH_ID, "inviteid000000000000000000000001", 1_900_000_000L, "member", owner.publicHex());
    private int usesLeft = 1;
    private boolean claims = true;
    private boolean tokens;
    private boolean refusesTokens;
    private String spoiled = "";
    private JsonNode spoiledValue = Output.object();

    public InviteServer() {
        on(
                "GET",
                "/api/public/invite-code/(.+)",
                request -> preview(request.segments().get(0)));
        on(
                "POST",
                "/invites/(.+)/claim",
                request -> refusesTokens && !request.authorization().isEmpty()
                        ? Reply.error(401, "invalid_or_revoked_token")
                        : claim(request.segments().get(0), request.body()));
        on("POST", "/join", request -> join(request.body()));
    }

    public String link() {
        return url() + "/i/" + CODE;
    }

    public String rootKey() {
        return Base64Text.encodeUrl(rootKey);
    }

    public void usesLeft(int uses) {
        usesLeft = uses;
    }

    /** Only invitations whose token carries the root key. */
    public void withoutClaims() {
        claims = false;
        tokens = true;
    }

    /** Whatever token a claim shows, it is not valid. */
    public void refusesTokens() {
        refusesTokens = true;
    }

    /** From now on claims are answered with another value in this field. */
    public void spoil(String field, JsonNode value) {
        spoiled = field;
        spoiledValue = value;
    }

    public String tokenLink() {
        return url() + "/join/" + token();
    }

    private String token() {
        return new InviteV1(MESH_ID, "crew", brokerUrl(), 1_900_000_000L, rootKey(), "member", owner.publicHex(), "")
                .sign(owner.secretHex())
                .token();
    }

    private Reply preview(String code) {
        if (!code.equals(CODE) || usesLeft == 0) {
            return new Reply(404, object().put("found", false));
        }
        ObjectNode body = object().put("found", true);
        if (tokens) {
            return Reply.ok(body.put("token", token()));
        }
        return Reply.ok(body.put("code", code)
                .put("mesh_slug", "crew")
                .put("broker_url", brokerUrl())
                .put("owner_pubkey", owner.publicHex())
                .put("canonical_v2", invite.canonical())
                .put("expires_at", "2030-03-17T17:46:40.000Z")
                .put("role", "member"));
    }

    private Reply claim(String code, JsonNode body) {
        Optional<byte[]> recipient =
                InviteV2.recipientKey(body.path("recipient_x25519_pubkey").asText());
        if (!claims) {
            return Reply.error(501, "invite_v2_disabled");
        }
        if (recipient.isEmpty() || !Hex.isKey(body.path("peer_pubkey").asText())) {
            return Reply.error(400, "malformed");
        }
        if (!code.equals(CODE)) {
            return Reply.error(404, "not_found");
        }
        if (usesLeft == 0) {
            return Reply.error(410, "exhausted");
        }
        usesLeft--;
        ObjectNode answer = object().put("sealed_root_key", InviteV2.sealRootKey(rootKey, recipient.get()))
                .put("mesh_id", MESH_ID)
                .put("member_id", "memberid000000000000000000000001")
                .put("owner_pubkey", owner.publicHex())
                .put("canonical_v2", invite.canonical())
                .put("signature", invite.sign(owner.secretHex()))
                .put("mesh_slug", "crew")
                .put("name", "The Crew")
                .put("broker_url", brokerUrl());
        if (!spoiled.isEmpty()) {
            answer.set(spoiled, spoiledValue);
        }
        return Reply.ok(answer);
    }

    private Reply join(JsonNode body) {
        return body.path("invite_token").asText().equals(token())
                ? Reply.ok(object().put("ok", true).put("memberId", "memberid000000000000000000000002"))
                : new Reply(400, object().put("ok", false).put("error", "invite_not_found"));
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[InviteV2.ROOT_KEY_BYTES];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
