/**
 * The client library: one {@link com.claudemesh.sdk.MeshClient} is one connection of one member to one mesh.
 *
 * <p>Promise: a send that was answered with {@link com.claudemesh.sdk.Receipt.Stored} is on the server's disk; a message
 * is handed to the listener once, after it was stored in the inbox and before it is acknowledged; connections come back by
 * themselves until they are closed, kicked or banned.
 *
 * <p>Threading: all public methods are safe for any thread and do not block, except where they say so. Listeners are
 * called one at a time, in arrival order.
 */
@NullMarked
package com.claudemesh.sdk;

import org.jspecify.annotations.NullMarked;
