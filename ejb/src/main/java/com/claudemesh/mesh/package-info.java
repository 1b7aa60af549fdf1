/**
 * Meshes and their members: durable identity, roles and rights.
 *
 * <p>Promise: one key is one member of a mesh, for good; secrets of a mesh are encrypted at rest; a change and its audit event
 * are one transaction. {@link com.claudemesh.mesh.Meshes}, {@link com.claudemesh.mesh.Members}, {@link
 * com.claudemesh.mesh.MemberService}, {@link com.claudemesh.mesh.Enrolments} and {@link com.claudemesh.mesh.MeshSync} change
 * things, with locks and over JDBC, and announce it after the commit; {@link com.claudemesh.mesh.MeshService} reads what {@link
 * com.claudemesh.mesh.MeshDirectory} answers from memory. The directory's reads are safe for any thread and touch the database
 * only for a mesh that is not in memory yet. {@link com.claudemesh.mesh.Authorization} alone decides what a member or a person
 * may do.
 */
@NullMarked
package com.claudemesh.mesh;

import org.jspecify.annotations.NullMarked;
