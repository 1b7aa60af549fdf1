package com.claudemesh.cli.invite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * An invitation that was made, without the token that would let somebody in.
 *
 * @param expiresAt ISO instant
 */
record SentInvite(
        String id,
        String meshId,
        String meshSlug,
        String role,
        int maxUses,
        int usedCount,
        String expiresAt,
        String createdAt,
        boolean revoked) {

    static SentInvite of(JsonNode row) {
        return new SentInvite(
                row.path("id").asText(""),
                row.path("meshId").asText(""),
                row.path("meshSlug").asText(""),
                row.path("role").asText(""),
                row.path("maxUses").asInt(),
                row.path("usedCount").asInt(),
                row.path("expiresAt").asText(""),
                row.path("createdAt").asText(""),
                row.hasNonNull("revokedAt"));
    }

    /** {@code active}, or why nobody can join with it any more. */
    String status(Instant now) {
        if (revoked) {
            return "revoked";
        }
        if (usedCount >= maxUses) {
            return "exhausted";
        }
        return expired(now) ? "expired" : "active";
    }

    private boolean expired(Instant now) {
        try {
            return !Instant.parse(expiresAt).isAfter(now);
        } catch (DateTimeException noInstant) {
            return false;
        }
    }

    ObjectNode json(Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("mesh", meshSlug)
                .put("mesh_id", meshId)
                .put("role", role)
                .put("max_uses", maxUses)
                .put("used_count", usedCount)
                .put("expires_at", expiresAt)
                .put("created_at", createdAt)
                .put("status", status(now));
    }
}
