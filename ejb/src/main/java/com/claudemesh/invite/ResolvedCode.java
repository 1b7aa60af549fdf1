package com.claudemesh.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a usable short code stands for.
 *
 * @param token the v1 token; null when the mesh has no such invitations
 */
public record ResolvedCode(
        String code,
        String meshSlug,
        String meshName,
        String brokerUrl,
        String ownerPublicKey,
        String canonical,
        Instant expiresAt,
        String role,
        @Nullable String token) {

    /** Leaves everything out that lets somebody in. */
    @Override
    public String toString() {
        return "ResolvedCode[" + meshSlug + "]";
    }
}
