/**
 * Ending the connections of others: kick, disconnect, and what follows a ban.
 *
 * <p>Promise: a removed peer's state is saved, its mail waits in the database, its neighbours are told, and it loses its
 * place at once, lease or not. What an administrator did is in the audit record before anything is closed. Nobody ends its
 * own asking connection this way.
 *
 * <p>Who is meant is decided where the command arrives; closing goes through {@link
 * com.claudemesh.moderation.PeerCloser}, which is to reach every node that has such a connection. May block (database);
 * never on a socket thread.
 */
@NullMarked
package com.claudemesh.moderation;

import org.jspecify.annotations.NullMarked;
