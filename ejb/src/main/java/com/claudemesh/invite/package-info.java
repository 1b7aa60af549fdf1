/**
 * Invitations: signed by the mesh owner's key, found by a short code, used up by joining.
 *
 * <p>Promise: a use is consumed exactly when a member is added or a place is reserved for one, never more often than allowed,
 * however many join at once; the same claim again is the same member. Role and mesh come from the stored row, never from what
 * a client presents. {@link com.claudemesh.invite.Invitations} is for those who invite, {@link
 * com.claudemesh.invite.Entrance} for those who come in, {@link com.claudemesh.invite.UnboundMembers} for those who name their
 * key later. A v1 token, which holds the mesh's root key, is not stored: it is made again from the row, and recognised by its
 * hash; meshes whose owners do not want such links have none. Blocking; safe for any thread.
 */
@NullMarked
package com.claudemesh.invite;

import org.jspecify.annotations.NullMarked;
