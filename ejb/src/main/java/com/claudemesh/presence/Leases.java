package com.claudemesh.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Peers whose connection is lost and whose place is kept for a while. Counts by a clock that does not jump. Safe for any
 * thread; holds no more peers than the registry.
 */
final class Leases {
    private final LongSupplier nanoClock;
    private final long graceNanos;
    private final ConcurrentMap<Peer, Long> endsAtNanos = new ConcurrentHashMap<>();

    Leases(LongSupplier nanoClock, Duration grace) {
        this.nanoClock = nanoClock;
        this.graceNanos = grace.toNanos();
    }

    void start(Peer peer) {
        peer.goAway();
        endsAtNanos.putIfAbsent(peer, nanoClock.getAsLong() + graceNanos);
    }

    /** The peer came back, or ended in another way. */
    void cancel(Peer peer) {
        endsAtNanos.remove(peer);
    }

    /** Takes out the peers whose time is over. */
    List<Peer> takeDue() {
        long now = nanoClock.getAsLong();
        return take(entry -> entry.getValue() - now <= 0);
    }

    List<Peer> takeAll() {
        return take(entry -> true);
    }

    private List<Peer> take(java.util.function.Predicate<Map.Entry<Peer, Long>> fits) {
        List<Peer> taken = new ArrayList<>();
        for (Map.Entry<Peer, Long> entry : endsAtNanos.entrySet()) {
            if (fits.test(entry) && endsAtNanos.remove(entry.getKey(), entry.getValue())) {
                taken.add(entry.getKey());
            }
        }
        return taken;
    }
}
