/**
 * Invitations: made by the mesh owner's key, found by code, used up by joining.
 *
 * <p>Promise: a use is consumed exactly when a member is added, never more often than allowed, however many join at once;
 * role and mesh come from the stored row, never from what a client presents. The token itself is not stored: it is made
 * again from the row, and recognised by its hash. Blocking.
 */
@NullMarked
package com.claudemesh.invite;

import org.jspecify.annotations.NullMarked;
