package com.claudemesh.mesh;

import org.jspecify.annotations.Nullable;

/**
 * A mesh that is to be made. Names and keys are checked already.
 *
 * @param slug wanted slug; null to make one of the name
 * @param ownerMemberKey the creator's own key; null when the owner has none yet and gets a member without
 * @param ownerAccountId null for a mesh that belongs to nobody
 * @param v1Invites whether its invitation links may carry the root key
 */
public record NewMesh(
        String name,
        @Nullable String slug,
        @Nullable String ownerMemberKey,
        @Nullable String ownerAccountId,
        boolean v1Invites,
        Labels labels,
        MeshSettings settings) {

    /** Words that the console shows; nothing acts on them. */
    public record Labels(String visibility, String transport) {
        public static final Labels DEFAULT = new Labels("private", "managed");
    }

    /** A mesh without anything special. */
    public static NewMesh named(
            String name,
            @Nullable String slug,
            @Nullable String ownerMemberKey,
            @Nullable String ownerAccountId,
            boolean v1Invites) {
        return new NewMesh(
                name, slug, ownerMemberKey, ownerAccountId, v1Invites, Labels.DEFAULT, MeshSettings.plain(null));
    }
}
