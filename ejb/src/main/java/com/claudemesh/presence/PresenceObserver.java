package com.claudemesh.presence;

/**
 * Learns that what a peer may be handed has changed. All methods are called after the change, without locks and never on a
 * socket thread; they must not block. Calls for one peer may come twice or out of order: ask the peer.
 */
@FunctionalInterface
public interface PresenceObserver {

    /** The peer became idle or busy, or it hid or showed itself. */
    void gateChanged(Peer peer);

    /** The peer's connection is lost and its place is kept: it is expected back soon. */
    default void leaseStarted(Peer peer) {}

    /** The peer whose place was kept will not come back. */
    default void leaseEnded(Peer peer) {}
}
