package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.ServerFrame;

/**
 * Learns what happens on a connection. Called one at a time, in order; must not block for long. What it throws is logged
 * and otherwise ignored: a message whose listener failed counts as handled.
 */
public interface MeshListener {

    /** A new message; duplicates are not reported. It is acknowledged to the server after this returns. */
    default void onMessage(IncomingMessage message) {}

    /** Somebody joined or left, a webhook fired, or another event of the mesh. Live only, never kept. */
    default void onSystem(Push event) {}

    /** Any other frame that nobody asked for. */
    default void onFrame(ServerFrame frame) {}

    /** The server accepted a hello, the first or a later one. */
    default void onOnline(HelloAck answer) {}

    default void onStateChange(ConnectionState state) {}

    /**
     * The connection broke or could not be made; another attempt follows.
     *
     * @param reason {@link MeshException.Handshake} when the server refused for a reason that may pass
     */
    default void onRetry(MeshException reason, long waitMillis) {}

    /** The client will not connect again: kicked (4001), banned (4002), refused (1008), or told not to. */
    default void onTerminal(int closeCode, String reason) {}
}
