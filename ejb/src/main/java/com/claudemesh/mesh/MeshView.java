package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.HelloAck;

/** A live mesh as the rest of the server sees it. */
public record MeshView(String meshId, String slug, String name, String ownerPublicKey, HelloAck.SelfEditable policy) {

    /** What a member is told that may not connect any more. */
    public String farewell() {
        return "your access to mesh '" + name + "' was revoked; contact the mesh owner";
    }
}
