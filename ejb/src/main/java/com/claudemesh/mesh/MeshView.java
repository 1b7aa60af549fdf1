package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.HelloAck;

/** A live mesh as the rest of the server sees it. */
public record MeshView(String meshId, String slug, String name, String ownerPublicKey, HelloAck.SelfEditable policy) {}
