package com.claudemesh.mesh;

import org.jspecify.annotations.Nullable;

/**
 * A new mesh.
 *
 * @param ownerMemberId its first member, null when it has none yet
 */
public record MeshCreated(
        String meshId,
        String slug,
        String name,
        @Nullable String ownerMemberId,
        String ownerPublicKey,
        String rootKey) {
    @Override
    public String toString() {
        return "MeshCreated[" + meshId + ", " + slug + "]";
    }
}
