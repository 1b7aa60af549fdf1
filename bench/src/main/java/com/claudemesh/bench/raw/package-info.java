/**
 * A generator that costs as little as it can: a WebSocket client on NIO with a few threads, frames made beforehand, no
 * encryption. It shows what the server can do where the real client would be the limit.
 *
 * <p>Everything that belongs to a socket runs on its {@link com.claudemesh.bench.raw.EventLoop}'s thread.
 */
@NullMarked
package com.claudemesh.bench.raw;

import org.jspecify.annotations.NullMarked;
