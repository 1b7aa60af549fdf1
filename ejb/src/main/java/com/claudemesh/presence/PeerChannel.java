package com.claudemesh.presence;

import com.claudemesh.protocol.error.CloseCode;

/**
 * The way to one connected client: a bounded queue in front of a socket. Frames leave in the order in which they were
 * offered. All methods are safe for any thread and never block.
 */
public interface PeerChannel {

    /**
     * Queues a frame. When the queue's byte limit would be exceeded the channel closes with {@code 1013} and the frame's
     * completion, like that of all frames still queued, is called with false.
     */
    void offer(Outbound frame);

    /** Characters queued and not yet handed to the network. */
    long queuedChars();

    /** True while {@link #queuedChars()} is above the level at which stored mail should wait in the database. */
    boolean congested();

    /** Runs the action once the queue has become uncongested; at once when it already is. Dropped when closed. */
    void whenUncongested(Runnable action);

    /** Closes after everything already queued was written. Idempotent. */
    void close(CloseCode code, String reason);

    /** Closes at once; queued frames complete with false. Idempotent. */
    void abort(CloseCode code, String reason);
}
