/**
 * Meshes, members and invitations over HTTP.
 *
 * <p>Promise: who asks comes from the credential alone; what it may do in a mesh is asked of {@link
 * com.claudemesh.mesh.Authorization}, the same as for the socket. A mesh that the caller has nothing to do with looks like
 * one that does not exist wherever the protocol leaves the choice.
 */
@NullMarked
package com.claudemesh.web.mesh;

import org.jspecify.annotations.NullMarked;
