/**
 * Meshes and their members: durable identity.
 *
 * <p>Promise: one key is one member of a mesh, for good; secrets of a mesh are encrypted at rest. {@link
 * com.claudemesh.mesh.MeshDirectory} answers from memory and is kept in step by {@link com.claudemesh.mesh.MeshService},
 * {@link com.claudemesh.mesh.MemberService} and whoever else changes members. Its reads are safe for any thread and touch
 * the database only for a mesh that is not in memory yet. {@link com.claudemesh.mesh.Authorization} alone decides what a
 * member may do.
 */
@NullMarked
package com.claudemesh.mesh;

import org.jspecify.annotations.NullMarked;
