package com.claudemesh.mesh;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mesh as a person sees it that owns it or is a member of it.
 *
 * @param role of the person's members, the highest; null for an owner without one
 * @param joinedAt first of the person's members; null for an owner without one
 * @param memberCount active members
 */
public record MeshListing(
        String meshId,
        String name,
        String slug,
        String visibility,
        String transport,
        String tier,
        Instant createdAt,
        @Nullable Instant archivedAt,
        boolean owner,
        @Nullable Role role,
        @Nullable Instant joinedAt,
        long memberCount) {

    public Standing standing() {
        if (owner) {
            return Standing.OWNER;
        }
        return role == Role.ADMIN ? Standing.ADMIN : Standing.MEMBER;
    }
}
