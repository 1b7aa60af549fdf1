/**
 * A guard between the network and the container's WebSocket parser.
 *
 * <p>Promise: the parser sees no unmasked frame, which it would accept and then misread what follows; and it never holds more
 * bytes of a message than the connection may send at that time, whatever length a frame's header claims. Whoever breaks a
 * rule is closed with 1002 or 1009 (RFC 6455 §5.1, §7.4.1), without a buffer of that size having existed. When the
 * connection is over, the container's buffers for it are let go, although the container keeps the request for reuse.
 *
 * <p>The guard does not know the container: it wraps the stream that an upgraded request reads from (Jakarta Servlet §2.3.3.5).
 *
 * <p>Threading: a stream is read by one thread at a time; the limit may be changed by any.
 */
@NullMarked
package com.claudemesh.ws.framing;

import org.jspecify.annotations.NullMarked;
