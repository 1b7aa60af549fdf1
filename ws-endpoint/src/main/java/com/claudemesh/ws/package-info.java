/**
 * The WebSocket endpoint {@code /ws}: from bytes to frames and back.
 *
 * <p>Promise: frames of one connection are handled in the order of their arrival, and replies leave in that order;
 * nothing that one client sends, or refuses to read, harms another connection or grows memory without bound.
 *
 * <p>Threading: a socket thread decodes, checks and enqueues, and never touches the database. A worker handles one
 * connection's frames at a time. A writer thread feeds sockets, with one outstanding write per connection.
 */
@NullMarked
package com.claudemesh.ws;

import org.jspecify.annotations.NullMarked;
