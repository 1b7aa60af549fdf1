package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.EcmaNumber;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.encoding.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A self-contained invite, signed by the mesh owner. Whoever holds the token holds the mesh root key.
 *
 * @param expiresAtSeconds Unix time in <b>seconds</b>
 * @param meshRootKey 32 bytes in unpadded URL Base64
 * @param role {@code admin} or {@code member}
 * @param ownerPubkey 64 hexadecimal digits
 * @param signature 128 hexadecimal digits, or empty as long as it is unsigned
 */
public record InviteV1(
        String meshId,
        String meshSlug,
        String brokerUrl,
        long expiresAtSeconds,
        String meshRootKey,
        String role,
        String ownerPubkey,
        String signature) {

    public static final int VERSION = 1;

    private static final Set<String> ROLES = Set.of("admin", "member");

    /** The signed text. */
    public String canonical() {
        return String.join(
                "|",
                Integer.toString(VERSION),
                meshId,
                meshSlug,
                brokerUrl,
                Long.toString(expiresAtSeconds),
                meshRootKey,
                role,
                ownerPubkey);
    }

    /**
     * The same invite, signed by the mesh owner.
     *
     * @param ownerSecretHex 128 hexadecimal digits
     * @throws MalformedInviteException if a field contains the separator of the signed text
     * @throws BadKeyException if the secret key is malformed
     */
    public InviteV1 sign(String ownerSecretHex) {
        requireNoSeparator();
        String made = Signatures.sign(canonical(), ownerSecretHex);
        return new InviteV1(meshId, meshSlug, brokerUrl, expiresAtSeconds, meshRootKey, role, ownerPubkey, made);
    }

    /**
     * Whether the invite is signed by the key that it names. Whether that key owns the mesh is for the server to say.
     */
    public boolean signatureValid() {
        return !HelloText.hasSeparator(meshId, meshSlug, brokerUrl, meshRootKey, role, ownerPubkey)
                && Signatures.verify(canonical(), signature, ownerPubkey);
    }

    /** The token: unpadded URL Base64 of {@link #json()}. Compare tokens as text, never re-encode a received one. */
    public String token() {
        return Base64Text.encodeUrl(json().getBytes(StandardCharsets.UTF_8));
    }

    /** Compact JSON of the nine members in their fixed order. */
    public String json() {
        return "{\"v\":" + VERSION
                + ",\"mesh_id\":" + JsonText.quote(meshId)
                + ",\"mesh_slug\":" + JsonText.quote(meshSlug)
                + ",\"broker_url\":" + JsonText.quote(brokerUrl)
                + ",\"expires_at\":" + EcmaNumber.text(expiresAtSeconds)
                + ",\"mesh_root_key\":" + JsonText.quote(meshRootKey)
                + ",\"role\":" + JsonText.quote(role)
                + ",\"owner_pubkey\":" + JsonText.quote(ownerPubkey)
                + ",\"signature\":" + JsonText.quote(signature) + "}";
    }

    /**
     * Reads a token leniently and checks every shape; neither expiry nor signature.
     *
     * @throws MalformedInviteException naming the member at fault
     */
    public static InviteV1 parseToken(String token) {
        return JsonReader.read(Base64Text.decodeLenient(token))
                .map(InviteV1::parse)
                .orElseThrow(() -> new MalformedInviteException("token", "is not JSON"));
    }

    /**
     * Reads a payload; members outside the signed list are ignored.
     *
     * @throws MalformedInviteException naming the member at fault
     */
    public static InviteV1 parse(JsonNode payload) {
        if (!payload.isObject()) {
            throw new MalformedInviteException("token", "is not a JSON object");
        }
        JsonNode version = payload.path("v");
        if (!version.isNumber() || version.doubleValue() != VERSION) {
            throw new MalformedInviteException("v", "is not 1");
        }
        InviteV1 invite = new InviteV1(
                requireText(payload, "mesh_id"),
                requireText(payload, "mesh_slug"),
                requireText(payload, "broker_url"),
                requireSeconds(payload, "expires_at"),
                requireText(payload, "mesh_root_key"),
                requireText(payload, "role"),
                requireText(payload, "owner_pubkey"),
                requireText(payload, "signature"));
        invite.requireShapes();
        return invite;
    }

    /** Shows neither root key nor signature. */
    @Override
    public String toString() {
        return "InviteV1[meshId=" + meshId + ", role=" + role + ", expiresAtSeconds=" + expiresAtSeconds + "]";
    }

    private void requireShapes() {
        if (!ROLES.contains(role)) {
            throw new MalformedInviteException("role", "is neither admin nor member");
        }
        if (!Hex.isKey(ownerPubkey)) {
            throw new MalformedInviteException("owner_pubkey", "is not 64 hexadecimal digits");
        }
        if (!Hex.isSignature(signature)) {
            throw new MalformedInviteException("signature", "is not 128 hexadecimal digits");
        }
        requireNoSeparator();
    }

    private void requireNoSeparator() {
        requireNoSeparator("mesh_id", meshId);
        requireNoSeparator("mesh_slug", meshSlug);
        requireNoSeparator("broker_url", brokerUrl);
        requireNoSeparator("mesh_root_key", meshRootKey);
    }

    private static void requireNoSeparator(String field, String value) {
        if (HelloText.hasSeparator(value)) {
            throw new MalformedInviteException(field, "contains the separator |");
        }
    }

    private static String requireText(JsonNode payload, String field) {
        JsonNode value = payload.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new MalformedInviteException(field, "is not a non-empty text");
        }
        return value.textValue();
    }

    private static long requireSeconds(JsonNode payload, String field) {
        double seconds = payload.path(field).isNumber() ? payload.path(field).doubleValue() : 0;
        if (seconds <= 0 || seconds > 0x1p53 || seconds != Math.rint(seconds)) {
            throw new MalformedInviteException(field, "is not a positive whole number");
        }
        return (long) seconds;
    }
}
