package com.claudemesh.presence;

/** Learns that what a peer may be handed has changed. */
@FunctionalInterface
public interface PresenceObserver {

    /**
     * The peer became idle or busy, or it hid or showed itself. Called after the change, without locks and never on a
     * socket thread; must not block. Calls for one peer may come twice or out of order: ask the peer.
     */
    void gateChanged(Peer peer);
}
