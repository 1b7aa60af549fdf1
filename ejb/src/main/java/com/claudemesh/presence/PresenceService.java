package com.claudemesh.presence;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.SetProfile;
import com.claudemesh.protocol.frame.Status;
import java.sql.SQLException;
import java.util.Map;

/**
 * What a peer says about itself while it lives. Takes effect at once, for lists and for routing. What is answered by a
 * receipt is on disk before the answer; the rest reaches the disk within seconds. May block (database); never on a socket
 * thread.
 */
public final class PresenceService {
    private final StatusEngine statuses;
    private final PresenceStore store;
    private final PresenceObservers observers;
    private final Announcer announcer;
    private final RateLimiter limiter;

    /** @param limiter per member, for what costs a write or tells others */
    PresenceService(
            StatusEngine statuses,
            PresenceStore store,
            PresenceObservers observers,
            Announcer announcer,
            RateLimiter limiter) {
        this.statuses = statuses;
        this.store = store;
        this.observers = observers;
        this.announcer = announcer;
        this.limiter = limiter;
    }

    /** What became of a change. */
    public sealed interface Outcome {

        enum Done implements Outcome {
            DONE
        }

        /** Too many changes of this member; nothing was changed. */
        record RateLimited(long retryAfterMillis) implements Outcome {}

        /** Nothing was changed. */
        record Refused(String field, String problem) implements Outcome {}
    }

    public void setStatus(Peer peer, Status status) {
        statuses.set(peer, status);
    }

    public void setSummary(Peer peer, String summary) {
        peer.state().summarize(summary);
    }

    public void setStats(Peer peer, PeerStats stats) {
        peer.state().report(stats);
    }

    /** Puts the peer into a group or replaces its role there. */
    public Outcome joinGroup(Peer peer, GroupLabel group) {
        return peer.state().join(group)
                ? Outcome.Done.DONE
                : new Outcome.Refused("name", "the peer is in " + Limits.MAX_GROUPS + " groups, which is the most");
    }

    public void leaveGroup(Peer peer, String group) {
        peer.state().leave(group);
    }

    /** Hides or shows the peer; the others are told if that is a change. */
    public Outcome setVisible(Peer peer, boolean visible) {
        long waitMillis = limiter.tryAcquire(peer.memberId());
        if (waitMillis > 0) {
            return new Outcome.RateLimited(waitMillis);
        }
        if (peer.state().show(visible)) {
            write(peer);
            observers.gateChanged(peer);
            announcer.visibilityChanged(peer);
        }
        return Outcome.Done.DONE;
    }

    public Outcome setProfile(Peer peer, SetProfile change) {
        long waitMillis = limiter.tryAcquire(peer.memberId());
        if (waitMillis > 0) {
            return new Outcome.RateLimited(waitMillis);
        }
        peer.state().merge(change);
        write(peer);
        return Outcome.Done.DONE;
    }

    private void write(Peer peer) {
        PeerState.Snapshot labels = peer.state().snapshot();
        try {
            store.mirror(Map.of(peer, labels));
            peer.state().mirrored(labels);
        } catch (SQLException e) {
            throw new IllegalStateException("the change cannot be written", e);
        }
    }
}
