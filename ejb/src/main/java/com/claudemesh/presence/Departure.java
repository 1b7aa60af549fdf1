package com.claudemesh.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;

/** Ends a peer's presence exactly once. Blocking; never on a socket thread. */
public final class Departure {
    private static final Logger LOG = System.getLogger(Departure.class.getName());

    private final PeerRegistry registry;
    private final PresenceStore store;
    private final Announcer announcer;
    private final Clock clock;

    public Departure(PeerRegistry registry, PresenceStore store, Announcer announcer, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** The connection is gone. Does nothing when another connection has replaced it. */
    public void closed(Peer peer) {
        if (registry.remove(peer)) {
            save(peer);
            announcer.left(peer);
        }
    }

    /** The connection was replaced by a new one of the same session: nobody is told. */
    public void replaced(Peer peer) {
        save(peer);
    }

    private void save(Peer peer) {
        try {
            store.closed(peer, clock.instant(), peer.receivesMessages());
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "event=peer_state_not_saved mesh=" + peer.meshId() + " member=" + peer.memberId(),
                    e);
        }
    }
}
