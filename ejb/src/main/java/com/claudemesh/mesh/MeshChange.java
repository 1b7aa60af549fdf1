package com.claudemesh.mesh;

/** What became of a change of a mesh. */
public sealed interface MeshChange {

    /** Done; also when everything was so before. */
    record Done() implements MeshChange {}

    /** There is no such live mesh (any more). */
    record NotFound() implements MeshChange {}

    /** Another live mesh has that slug. */
    record SlugTaken() implements MeshChange {}

    /** Who is to own the mesh is no active member of it, or a member that belongs to no account. */
    record NoSuchOwner() implements MeshChange {}
}
