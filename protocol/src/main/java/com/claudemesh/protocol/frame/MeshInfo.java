package com.claudemesh.protocol.frame;

/** Asks for an overview of the mesh; answered by {@link MeshInfoResult}. */
@WireName("mesh_info")
public record MeshInfo() implements ClientFrame {}
