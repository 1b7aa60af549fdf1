package com.claudemesh.mesh;

/** What became of a mesh that was to be made. */
public sealed interface MeshCreation {

    record Created(MeshCreated mesh) implements MeshCreation {}

    /** The slug and all its numbered variants are taken. */
    record NoFreeSlug() implements MeshCreation {}

    /** The account owns as many live meshes as it may. */
    record TooMany(int maxMeshes) implements MeshCreation {}
}
