package com.claudemesh.messaging;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one member on this node is handed, in order.
 *
 * <p>In <em>live</em> mode a new copy is claimed with its insert and handed out right after the commit. Whenever that
 * could overtake something (older copies in the database, a congested peer, too many unacknowledged copies) the mailbox
 * falls back: new copies are stored unclaimed, and a loader claims them from the database, oldest first, until nothing is
 * left. The two ways never overlap: loading waits for claimed and released copies still in the journal, live mode waits for
 * unclaimed ones.
 *
 * <p>Safe for any thread; holds its lock only for memory work.
 */
final class Mailbox {
    /** Most copies that one acknowledging peer may have outstanding before the rest waits in the database. */
    static final int MAX_UNACKNOWLEDGED = 1_000;

    private static final int RESUME_UNACKNOWLEDGED = MAX_UNACKNOWLEDGED / 2;

    /** Runs loads and writes marks for the mailbox. */
    interface Backstage {
        /** Runs {@link Mailboxes#load} for this mailbox soon, on another thread. */
        void startLoad(Mailbox mailbox);

        void mark(Mark mark);

        long leaseMillis();

        long nowMillis();
    }

    private record Handed(Delivery delivery, Peer peer, long leaseEndsMillis) {}

    private final String memberId;
    private final Backstage backstage;
    private final List<Peer> peers = new ArrayList<>(2);
    private final Map<Long, Handed> handed = new HashMap<>();
    private final Map<String, Long> handedById = new HashMap<>();
    private boolean live;
    private boolean loading;
    private boolean loadWanted;
    private boolean waitingForSpace;
    private int claimedInJournal;
    private int unclaimedInJournal;
    private int releasesInJournal;

    Mailbox(String memberId, Backstage backstage) {
        this.memberId = memberId;
        this.backstage = backstage;
    }

    String memberId() {
        return memberId;
    }

    /** True when nothing refers to this mailbox any more. */
    synchronized boolean idle() {
        return peers.isEmpty()
                && handed.isEmpty()
                && claimedInJournal + unclaimedInJournal + releasesInJournal == 0
                && !loading;
    }

    synchronized boolean hasPeers() {
        return !peers.isEmpty();
    }

    /** The connection of a sender that must not get its own messages back, when it is the only one here. */
    synchronized @Nullable String onlyPresence() {
        return peers.size() == 1 ? peers.get(0).presenceId() : null;
    }

    synchronized void attach(Peer peer) {
        peers.add(peer);
        fallBack();
        loadWanted = true;
        waitingForSpace = false;
        maybeLoad();
    }

    /** Forgets a peer; what it had not settled goes to another peer or back to the database. */
    synchronized void detach(Peer peer) {
        peers.remove(peer);
        fallBack();
        loadWanted = true;
        waitingForSpace = false;
        List<Handed> orphans =
                handed.values().stream().filter(copy -> copy.peer() == peer).toList();
        orphans.forEach(copy -> release(copy.delivery()));
        maybeLoad();
    }

    /** Announces a copy on its way into the journal. True when this node claims it with the insert. */
    synchronized boolean reserve(Recipient recipient, String senderPresenceId, Priority priority) {
        if (live) {
            Peer peer = choose(recipient, senderPresenceId, priority);
            if (peer != null && hasSpace(peer)) {
                claimedInJournal++;
                return true;
            }
            fallBack();
        }
        unclaimedInJournal++;
        return false;
    }

    /** A reserved copy was not stored. */
    synchronized void cancel(boolean claimed) {
        leaveJournal(claimed);
        maybeLoad();
    }

    /** A reserved copy is on disk. */
    synchronized void stored(Delivery delivery, boolean claimed, String encodedPush) {
        leaveJournal(claimed);
        if (claimed) {
            handOut(delivery, encodedPush);
        } else {
            loadWanted = true;
        }
        maybeLoad();
    }

    private void leaveJournal(boolean claimed) {
        if (claimed) {
            claimedInJournal--;
        } else {
            unclaimedInJournal--;
        }
    }

    /** Something may be owed that this mailbox does not know of. */
    synchronized void nudge() {
        if (!peers.isEmpty() && !loading) {
            fallBack();
            loadWanted = true;
            maybeLoad();
        }
    }

    /** Hands out a loaded copy. False when the loader should stop: the copy was released again. */
    synchronized boolean offerLoaded(Delivery delivery, String encodedPush) {
        if (handed.containsKey(delivery.seq())) {
            return true;
        }
        Peer peer = choose(
                delivery.recipient(),
                delivery.message().sender().presenceId(),
                delivery.message().priority());
        if (peer == null || !hasSpace(peer) || releasesInJournal > 0) {
            release(delivery);
            return false;
        }
        push(peer, delivery, encodedPush);
        return true;
    }

    /** Whether a load would find somebody with room. */
    synchronized boolean canTakeMore() {
        return peers.stream().anyMatch(this::hasSpace);
    }

    /** How a load ended. */
    enum LoadResult {
        /** Nothing owed was left in the database. */
        EXHAUSTED,
        /** Nobody had room for more. */
        STOPPED,
        /** The database did not answer; the next poll tries again. */
        FAILED
    }

    synchronized void loaded(LoadResult result) {
        loading = false;
        if (result != LoadResult.EXHAUSTED) {
            loadWanted = true;
        }
        if (result != LoadResult.FAILED) {
            maybeLoad();
        }
    }

    /** A claimed copy whose elders went back to the database meanwhile must follow them there. */
    private void handOut(Delivery delivery, String encodedPush) {
        Peer peer = choose(
                delivery.recipient(),
                delivery.message().sender().presenceId(),
                delivery.message().priority());
        boolean eldersOwed = !live && (loadWanted || loading || releasesInJournal > 0);
        if (peer == null || eldersOwed) {
            fallBack();
            release(delivery);
        } else {
            push(peer, delivery, encodedPush);
        }
    }

    private void push(Peer peer, Delivery delivery, String encodedPush) {
        handed.put(delivery.seq(), new Handed(delivery, peer, backstage.nowMillis() + backstage.leaseMillis()));
        handedById.put(delivery.message().id(), delivery.seq());
        peer.channel().offer(new Outbound(encodedPush, written -> written(delivery.seq(), peer, written)));
    }

    private synchronized void written(long seq, Peer peer, boolean written) {
        Handed copy = handed.get(seq);
        if (copy == null || copy.peer() != peer) {
            return;
        }
        if (!written) {
            fallBack();
            release(copy.delivery());
        } else if (peer.acknowledges()) {
            handed.put(seq, new Handed(copy.delivery(), peer, backstage.nowMillis() + backstage.leaseMillis()));
            backstage.mark(Mark.of(Mark.Kind.SENT, copy.delivery()));
        } else {
            forget(copy.delivery());
            backstage.mark(Mark.of(Mark.Kind.SENT_SETTLED, copy.delivery()));
        }
    }

    /** The client has the message. False when this mailbox is not waiting for that acknowledgement. */
    synchronized boolean acknowledged(String messageId) {
        Long seq = handedById.get(messageId);
        if (seq == null) {
            return false;
        }
        Handed copy = handed.get(seq);
        forget(copy.delivery());
        backstage.mark(Mark.of(Mark.Kind.RECEIVED, copy.delivery()));
        if (waitingForSpace && handed.size() <= RESUME_UNACKNOWLEDGED) {
            waitingForSpace = false;
            maybeLoad();
        }
        return true;
    }

    /** The message id that a client message id was handed out under, for clients that acknowledge by their own id. */
    synchronized @Nullable String messageIdOf(String clientMessageId) {
        for (Handed copy : handed.values()) {
            if (clientMessageId.equals(copy.delivery().message().extras().clientMessageId())) {
                return copy.delivery().message().id();
            }
        }
        return null;
    }

    /** Takes back copies whose acknowledgement is overdue; the loader hands them out again. */
    synchronized void sweep() {
        long now = backstage.nowMillis();
        List<Delivery> overdue = new ArrayList<>();
        for (Iterator<Handed> copies = handed.values().iterator(); copies.hasNext(); ) {
            Handed copy = copies.next();
            if (copy.leaseEndsMillis() < now && copy.peer().channel().queuedChars() == 0) {
                overdue.add(copy.delivery());
            }
        }
        if (!overdue.isEmpty()) {
            fallBack();
            overdue.forEach(this::release);
            maybeLoad();
        }
    }

    private void release(Delivery delivery) {
        forget(delivery);
        releasesInJournal++;
        backstage.mark(Mark.of(Mark.Kind.RELEASED, delivery, this::released));
    }

    private synchronized void released() {
        releasesInJournal--;
        loadWanted = true;
        maybeLoad();
    }

    private void forget(Delivery delivery) {
        handed.remove(delivery.seq());
        handedById.remove(delivery.message().id());
    }

    private void fallBack() {
        live = false;
    }

    private void maybeLoad() {
        if (live || loading || claimedInJournal + releasesInJournal > 0 || peers.isEmpty() || waitingForSpace) {
            return;
        }
        if (!loadWanted) {
            if (unclaimedInJournal == 0) {
                live = true;
            }
            return;
        }
        if (!canTakeMore()) {
            waitForSpace();
            return;
        }
        loadWanted = false;
        loading = true;
        backstage.startLoad(this);
    }

    private void waitForSpace() {
        waitingForSpace = true;
        for (Peer peer : peers) {
            peer.channel().whenUncongested(this::spaceAvailable);
        }
    }

    private synchronized void spaceAvailable() {
        if (waitingForSpace && canTakeMore()) {
            waitingForSpace = false;
            maybeLoad();
        }
    }

    private boolean hasSpace(Peer peer) {
        return !peer.channel().congested() && (!peer.acknowledges() || handed.size() < MAX_UNACKNOWLEDGED);
    }

    /** The session that was meant; else the one connected last. Never the sending connection itself. */
    private @Nullable Peer choose(Recipient recipient, String senderPresenceId, Priority priority) {
        List<Peer> able = peers.stream()
                .filter(peer -> !peer.presenceId().equals(senderPresenceId) && peer.accepts(priority))
                .sorted(Comparator.comparing(Peer::connectedAt).reversed())
                .toList();
        String wanted = recipient.sessionPublicKey();
        return able.stream()
                .filter(peer -> wanted != null && wanted.equals(peer.identity().sessionPublicKey()))
                .findFirst()
                .orElse(able.isEmpty() ? null : able.get(0));
    }
}
