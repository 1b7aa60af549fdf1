package com.claudemesh.mesh;

/** Something about a mesh or its members changes with the current transaction. */
public record MeshChanged(String meshId) {}
