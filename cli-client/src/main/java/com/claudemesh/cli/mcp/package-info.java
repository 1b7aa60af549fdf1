/**
 * {@code claudemesh mcp}: what Claude Code starts so that messages arrive inside its conversation. A Model Context
 * Protocol server over standard input and output (one JSON-RPC 2.0 object per line), push only: it offers no tools.
 *
 * <p>Promise: nothing but JSON-RPC is ever written to standard output; the host is answered at once, whatever the network
 * does; every message is in the inbox on disk before it is shown and before the server is told that it arrived.
 *
 * <p>Threading: one thread reads the host's requests; messages come on the client library's threads; one lock orders what
 * is written.
 */
@NullMarked
package com.claudemesh.cli.mcp;

import org.jspecify.annotations.NullMarked;
