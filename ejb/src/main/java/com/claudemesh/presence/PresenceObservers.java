package com.claudemesh.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to know of changed gates and leases. Safe for any thread; one observer's failure harms no other. */
public final class PresenceObservers {
    private static final Logger LOG = System.getLogger(PresenceObservers.class.getName());

    private final List<PresenceObserver> observers = new CopyOnWriteArrayList<>();

    public void add(PresenceObserver observer) {
        observers.add(observer);
    }

    void gateChanged(Peer peer) {
        tell(observer -> observer.gateChanged(peer));
    }

    void leaseStarted(Peer peer) {
        tell(observer -> observer.leaseStarted(peer));
    }

    void leaseEnded(Peer peer) {
        tell(observer -> observer.leaseEnded(peer));
    }

    private void tell(Consumer<PresenceObserver> news) {
        for (PresenceObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=presence_observer_failed", e);
            }
        }
    }
}
