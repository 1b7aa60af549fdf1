package com.claudemesh.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Ends presences, each exactly once, however it comes about: the state is saved, the place freed, the others told.
 * Blocking; never on a socket thread.
 */
public final class Departure {
    private static final Logger LOG = System.getLogger(Departure.class.getName());

    private final PeerRegistry registry;
    private final PresenceStore store;
    private final SavedGroups groups;
    private final Announcer announcer;
    private final Leases leases;
    private final PresenceObservers observers;
    private final Clock clock;

    Departure(
            PeerRegistry registry,
            PresenceStore store,
            SavedGroups groups,
            Announcer announcer,
            Leases leases,
            PresenceObservers observers,
            Clock clock) {
        this.registry = registry;
        this.store = store;
        this.groups = groups;
        this.announcer = announcer;
        this.leases = leases;
        this.observers = observers;
        this.clock = clock;
    }

    /**
     * The peer's socket is closed. A session or daemon keeps its place until its lease runs out: then this returns true, and
     * the peer ends by itself. All others are to be {@link #ended}.
     */
    public boolean keepsPlace(Peer peer) {
        if (!peer.leasable() || !registry.contains(peer) || peer.ending()) {
            return false;
        }
        leases.start(peer);
        observers.leaseStarted(peer);
        if (!registry.contains(peer)) {
            // It came back, or was ended, between the two steps above.
            observers.leaseEnded(peer);
            return false;
        }
        return true;
    }

    /**
     * The peer leaves now, lease or not: it was kicked, banned, or its lease is over. Closing its socket is the caller's
     * part. Does nothing when the presence has ended already or lives on in a newer connection.
     */
    public void ended(Peer peer) {
        if (!registry.beginEnd(peer)) {
            return;
        }
        leases.cancel(peer);
        if (leavesSomething(peer)) {
            // Before the place is free: from then on group messages ask for the saved groups.
            groups.saved(peer.meshId(), peer.memberId(), peer.groups());
        }
        saveAndClose(peer);
        if (registry.remove(peer)) {
            announcer.left(peer);
        }
        leaseOver(peer);
    }

    /** The presence was replaced by a new one of the same session: nobody is told. */
    public void replaced(Peer peer) {
        leases.cancel(peer);
        saveAndClose(peer);
        leaseOver(peer);
    }

    private void leaseOver(Peer peer) {
        if (peer.away()) {
            observers.leaseEnded(peer);
        }
    }

    /** The presence lives on in a newer connection. */
    void reattached(Peer earlier) {
        leases.cancel(earlier);
    }

    /** Ends the peers whose lease is over. Call about every second. */
    public void endOverdue() {
        leases.takeDue().forEach(this::ended);
    }

    /** Ends all leases: the server stops. */
    public void endAllLeases() {
        leases.takeAll().forEach(this::ended);
    }

    /** Saves a peer that is about to be replaced, so that its successor finds its state. */
    void saveAhead(Peer peer) throws SQLException {
        if (leavesSomething(peer)) {
            save(peer, false);
        }
    }

    private void saveAndClose(Peer peer) {
        try {
            if (leavesSomething(peer)) {
                save(peer, true);
            } else {
                store.closed(peer, clock.instant());
            }
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "event=peer_state_not_saved mesh=" + peer.meshId() + " member=" + peer.memberId(),
                    e);
        }
    }

    private void save(Peer peer, boolean ends) throws SQLException {
        // One save of a peer at a time, or its counters would be added twice.
        synchronized (peer.state().saving()) {
            PeerState.Snapshot labels = peer.state().snapshot();
            store.save(peer, labels, clock.instant(), ends);
            peer.state().counted(labels);
        }
    }

    /** A one-shot command leaves something behind only when changing it was what the command was for. */
    private static boolean leavesSomething(Peer peer) {
        return peer.announced() || peer.state().touched();
    }
}
