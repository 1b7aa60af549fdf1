package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First frame of a member's connection. Identity is {@code pubkey}, proven by {@code signature} over the canonical
 * bytes. {@code timestamp} stays a JSON node because a wrong type has its own answer and its text is signed.
 *
 * @param sessionSignature the session key's signature over the same canonical bytes; proves {@code sessionPubkey}
 */
public record Hello(
        String meshId,
        @Nullable String memberId,
        String pubkey,
        @Nullable JsonNode timestamp,
        @Nullable String signature,
        String sessionId,
        @Nullable Long pid,
        @Nullable String cwd,
        @Nullable String sessionPubkey,
        @Nullable String sessionSignature,
        @Nullable String displayName,
        @Nullable String hostname,
        @Nullable String channel,
        @Nullable String model,
        @Nullable String peerType,
        @Nullable List<GroupLabel> groups,
        @Nullable Integer protocolVersion,
        @Nullable List<String> capabilities)
        implements ClientFrame {

    public Hello {
        Fields.text("meshId", meshId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("memberId", memberId, Limits.MAX_NAME_CHARS);
        Fields.text("pubkey", pubkey, Limits.MAX_NAME_CHARS);
        Fields.optionalText("signature", signature, Limits.MAX_NAME_CHARS);
        Fields.text("sessionId", sessionId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("cwd", cwd, Limits.MAX_TEXT_CHARS);
        Fields.optionalText("sessionPubkey", sessionPubkey, Limits.MAX_NAME_CHARS);
        Fields.optionalText("sessionSignature", sessionSignature, Limits.MAX_NAME_CHARS);
        Fields.optionalText("displayName", displayName, Limits.MAX_NAME_CHARS);
        Fields.optionalText("hostname", hostname, Limits.MAX_NAME_CHARS);
        Fields.optionalText("channel", channel, Limits.MAX_NAME_CHARS);
        Fields.optionalText("model", model, Limits.MAX_NAME_CHARS);
        Fields.optionalText("peerType", peerType, Limits.MAX_NAME_CHARS);
        groups = Fields.optionalList("groups", groups, Limits.MAX_GROUPS);
        capabilities = Fields.optionalList("capabilities", capabilities, Limits.MAX_CAPABILITIES);
    }
}
