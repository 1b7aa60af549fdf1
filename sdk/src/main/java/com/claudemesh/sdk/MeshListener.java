package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Push;

/** Learns what happens on a connection. Called one at a time, in order; must not block for long. */
public interface MeshListener {

    /** A new message; duplicates are not reported. It is acknowledged to the server after this returns. */
    default void onMessage(IncomingMessage message) {}

    /** Somebody joined or left, or another event of the mesh. */
    default void onSystem(Push event) {}

    /** The server accepted a hello, the first or a later one. */
    default void onOnline(HelloAck answer) {}

    default void onStateChange(ConnectionState state) {}

    /** The client will not connect again: kicked (4001), banned (4002) or refused (1008). */
    default void onTerminal(int closeCode, String reason) {}
}
