/**
 * Who is connected: live peers, their sessions and labels, and what a member finds again after a reconnect.
 *
 * <p>Promise: a peer is listed from the moment its hello is accepted until its connection is closed; one session of one
 * member is one peer; a session key never routes to two members. The registry is plain memory of this node, rebuilt from
 * connections; what must survive (last groups, summary, last seen, session-key ownership) is in PostgreSQL.
 *
 * <p>Threading: {@link com.claudemesh.presence.PeerRegistry} may be called from any thread and never blocks on I/O.
 * {@link com.claudemesh.presence.Admission} and {@link com.claudemesh.presence.PresenceStore} use JDBC: never on a
 * socket thread.
 */
@NullMarked
package com.claudemesh.presence;

import org.jspecify.annotations.NullMarked;
