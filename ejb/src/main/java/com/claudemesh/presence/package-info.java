/**
 * Who is connected: live peers, how busy they are, what they say about themselves, and what a member finds again after a
 * reconnect.
 *
 * <p>Promise: a peer is listed from the moment its hello is accepted until its presence ends, which happens exactly once;
 * one session of one member is one presence; a session key never routes to two members. A plain connection's presence ends
 * with its socket; that of a session or daemon waits a while for the next one. Only one-shot commands stand beside all
 * that: they are not listed, replace nobody and are replaced by nobody.
 *
 * <p>The registry is plain memory of this node. What must survive it is in PostgreSQL: every presence's row mirrors what
 * its peer said (at once for what is answered by a receipt, else within seconds), the member's saved state is written from
 * the presence that ends, and a node that dies leaves both to the others or to its next start. Status is live only.
 *
 * <p>Doors: {@link com.claudemesh.presence.Admission} in, {@link com.claudemesh.presence.Departure} out, {@link
 * com.claudemesh.presence.PresenceService} and {@link com.claudemesh.presence.StatusEngine} between; {@link
 * com.claudemesh.presence.PeerRegistry}, {@link com.claudemesh.presence.Roster} and {@link
 * com.claudemesh.presence.MemberGroups} answer; {@link com.claudemesh.presence.PresenceObservers} tells.
 *
 * <p>Threading: the registry may be called from any thread and never blocks on I/O. Everything that admits, ends, saves or
 * stores uses JDBC: never on a socket thread.
 */
@NullMarked
package com.claudemesh.presence;

import org.jspecify.annotations.NullMarked;
