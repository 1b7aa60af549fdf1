package com.claudemesh.presence;

/** Learns of changes that open or close a peer's gate. */
public interface PresenceObserver {
    void gateChanged(Peer peer);
}
