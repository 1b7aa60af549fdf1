/**
 * Bearer keys for the REST interface, each for one mesh.
 *
 * <p>Promise: a key works while it is neither revoked nor expired, its mesh is live and the member who issued it is not
 * banned; only hash and prefix of the secret are stored; issuing and revoking is written to the mesh's audit chain in the
 * same transaction. Who may issue is the caller's concern. Blocking; plain Java with constructor injection.
 */
@NullMarked
package com.claudemesh.identity.apikey;

import org.jspecify.annotations.NullMarked;
