package com.claudemesh.cli.config;

import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.sdk.MeshIdentity;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One joined mesh: an entry of {@code meshes} in config.json.
 *
 * @param pubkey member key, 64 hexadecimal digits
 * @param secretKey 128 hexadecimal digits
 * @param brokerUrl WebSocket address that ends in {@code /ws}
 * @param joinedAt ISO instant
 * @param rootKey mesh root key, 32 bytes in URL Base64, when the invite brought one
 */
public record Membership(
        String meshId,
        String memberId,
        String slug,
        String name,
        String pubkey,
        String secretKey,
        String brokerUrl,
        String joinedAt,
        @Nullable String rootKey,
        int inviteVersion) {

    static Membership of(ObjectNode entry) {
        String slug = entry.path("slug").asText();
        return new Membership(
                entry.path("meshId").asText(),
                entry.path("memberId").asText(),
                slug,
                entry.path("name").asText(slug),
                entry.path("pubkey").asText(),
                entry.path("secretKey").asText(),
                entry.path("brokerUrl").asText(),
                entry.path("joinedAt").asText(),
                entry.hasNonNull("rootKey") ? entry.get("rootKey").asText() : null,
                entry.path("inviteVersion").asInt(1));
    }

    /** The same membership under other names. */
    public Membership called(String otherSlug, String otherName) {
        return new Membership(
                meshId, memberId, otherSlug, otherName, pubkey, secretKey, brokerUrl, joinedAt, rootKey, inviteVersion);
    }

    /** Whether both keys have the right shape; says nothing about whether they belong together. */
    public boolean keysWellFormed() {
        return Hex.isKey(pubkey) && Hex.isSignature(secretKey);
    }

    /**
     * Who this is to the client library.
     *
     * @throws InvalidFieldException when the address is none
     */
    public MeshIdentity identity() {
        try {
            return new MeshIdentity(meshId, memberId, pubkey, secretKey, new URI(brokerUrl));
        } catch (URISyntaxException malformed) {
            throw new InvalidFieldException("brokerUrl", "is no address");
        }
    }

    void writeTo(ObjectNode entry) {
        entry.put("meshId", meshId)
                .put("memberId", memberId)
                .put("slug", slug)
                .put("name", name)
                .put("pubkey", pubkey)
                .put("secretKey", secretKey)
                .put("brokerUrl", brokerUrl)
                .put("joinedAt", joinedAt);
        if (rootKey != null) {
            entry.put("rootKey", rootKey);
        }
        entry.put("inviteVersion", inviteVersion);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Membership[slug=" + slug + ", meshId=" + meshId + ", memberId=" + memberId + "]";
    }
}
