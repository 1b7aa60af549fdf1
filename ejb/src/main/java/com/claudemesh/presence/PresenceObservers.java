package com.claudemesh.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to know of changed gates. Safe for any thread; one observer's failure harms no other. */
public final class PresenceObservers {
    private static final Logger LOG = System.getLogger(PresenceObservers.class.getName());

    private final List<PresenceObserver> observers = new CopyOnWriteArrayList<>();

    public void add(PresenceObserver observer) {
        observers.add(observer);
    }

    void gateChanged(Peer peer) {
        for (PresenceObserver observer : observers) {
            try {
                observer.gateChanged(peer);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, () -> "event=presence_observer_failed mesh=" + peer.meshId(), e);
            }
        }
    }
}
