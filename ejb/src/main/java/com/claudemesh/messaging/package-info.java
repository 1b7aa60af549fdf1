/**
 * The path of a message: accept, store, hand out, settle.
 *
 * <p>Promise: an acknowledged message is on disk. Every recipient gets it exactly once if its client acknowledges
 * messages, and once per successful socket write otherwise; copies of one sender for one recipient keep their order.
 * Nothing is marked delivered before it was written to the socket. Memory is bounded by connections, not by messages: a
 * recipient that is slow, busy or away has its copies in PostgreSQL only.
 *
 * <p>Threading: {@link com.claudemesh.messaging.MessagingService} may be called from any thread but a socket thread. One
 * thread writes messages and another what becomes of copies; {@link com.claudemesh.messaging.Mailbox} orders what one member on
 * this node is handed.
 *
 * <p>Plain Java: no Jakarta imports outside the wiring class.
 */
@NullMarked
package com.claudemesh.messaging;

import org.jspecify.annotations.NullMarked;
