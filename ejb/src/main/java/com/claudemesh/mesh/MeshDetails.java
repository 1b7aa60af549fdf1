package com.claudemesh.mesh;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mesh with all its members, those that are gone included. */
public record MeshDetails(MeshListing mesh, @Nullable String ownerAccountId, MeshSettings settings, List<Row> members) {

    /**
     * One member.
     *
     * @param endedAt when it left or was banned
     */
    public record Row(
            String memberId,
            String displayName,
            Role role,
            Instant joinedAt,
            @Nullable Instant endedAt,
            @Nullable String accountId) {}
}
