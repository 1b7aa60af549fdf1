package com.claudemesh.protocol.frame;

/** Asks for an overview of the mesh; answered by {@link MeshInfoResult}. */
public record MeshInfo() implements ClientFrame {}
