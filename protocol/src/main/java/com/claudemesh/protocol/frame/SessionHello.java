package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First frame of a session connection: a session key that a member key vouches for. The member key never signs the
 * hello itself; the attestation does.
 */
public record SessionHello(
        String meshId,
        @Nullable String parentMemberId,
        @Nullable String parentMemberPubkey,
        @Nullable String sessionPubkey,
        @Nullable Attestation parentAttestation,
        String sessionId,
        @Nullable Long pid,
        @Nullable String cwd,
        @Nullable JsonNode timestamp,
        @Nullable String signature,
        @Nullable String displayName,
        @Nullable String hostname,
        @Nullable String channel,
        @Nullable String model,
        @Nullable String peerType,
        @Nullable List<GroupLabel> groups,
        @Nullable String role,
        @Nullable Integer protocolVersion,
        @Nullable List<String> capabilities)
        implements ClientFrame {

    public SessionHello {
        Fields.text("meshId", meshId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("parentMemberId", parentMemberId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("parentMemberPubkey", parentMemberPubkey, Limits.MAX_NAME_CHARS);
        Fields.optionalText("sessionPubkey", sessionPubkey, Limits.MAX_NAME_CHARS);
        Fields.text("sessionId", sessionId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("cwd", cwd, Limits.MAX_TEXT_CHARS);
        Fields.optionalText("signature", signature, Limits.MAX_NAME_CHARS);
        Fields.optionalText("displayName", displayName, Limits.MAX_NAME_CHARS);
        Fields.optionalText("hostname", hostname, Limits.MAX_NAME_CHARS);
        Fields.optionalText("channel", channel, Limits.MAX_NAME_CHARS);
        Fields.optionalText("model", model, Limits.MAX_NAME_CHARS);
        Fields.optionalText("peerType", peerType, Limits.MAX_NAME_CHARS);
        Fields.optionalText("role", role, Limits.MAX_NAME_CHARS);
        groups = Fields.optionalList("groups", groups, Limits.MAX_GROUPS);
        capabilities = Fields.optionalList("capabilities", capabilities, Limits.MAX_CAPABILITIES);
    }

    /** The member key's statement that it owns the session key until {@code expiresAt} (epoch milliseconds). */
    public record Attestation(
            @Nullable String sessionPubkey,
            @Nullable String parentMemberPubkey,
            @Nullable JsonNode expiresAt,
            @Nullable String signature) {}
}
