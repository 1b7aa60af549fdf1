package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.HelloAck;
import org.jspecify.annotations.Nullable;

/**
 * A live mesh as the rest of the server sees it.
 *
 * @param policy what members may change about themselves
 * @param ownerAccountId the person it belongs to; null when it belongs to nobody
 * @param v1Invites whether invitation links may carry the root key
 */
public record MeshView(
        String meshId,
        String slug,
        String name,
        String ownerPublicKey,
        HelloAck.SelfEditable policy,
        @Nullable String ownerAccountId,
        boolean v1Invites) {

    /** What a member is told that may not connect any more. */
    public String farewell() {
        return "your access to mesh '" + name + "' was revoked; contact the mesh owner";
    }
}
