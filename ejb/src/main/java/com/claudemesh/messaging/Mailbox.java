package com.claudemesh.messaging;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import java.util.List;
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
 * <p>The busy gate is decided here and nowhere else: what a peer's status or visibility keeps back stays in the database,
 * and {@link #gateChanged} loads it, oldest first, before anything newer.
 *
 * <p>A direct copy goes to one connection. A multicast copy goes to every visible connection and is settled by the first
 * that has it. Safe for any thread; holds its lock only for memory work.
 */
final class Mailbox {
    /** Most copies that one acknowledging peer may have outstanding before the rest waits in the database. */
    static final int MAX_UNACKNOWLEDGED = 1_000;

    private static final int RESUME_UNACKNOWLEDGED = MAX_UNACKNOWLEDGED / 2;
    private static final long MAX_QUIET_MILLIS = 8_000;

    /** Runs loads and writes marks for the mailbox. */
    interface Backstage {
        /** Runs {@link Mailboxes#load} for this mailbox soon, on another thread. */
        void startLoad(Mailbox mailbox);

        void mark(Mark mark);

        long leaseMillis();

        long nowMillis();
    }

    private final String memberId;
    private final Backstage backstage;
    private final Audience audience = new Audience();
    private final Outstanding outstanding = new Outstanding();
    private boolean live;
    private boolean loading;
    private boolean loadWanted;
    private boolean waitingForSpace;
    private int claimedInJournal;
    private int unclaimedInJournal;
    private int releasesInJournal;
    private long releases;
    private long releasesBeforeLoad;
    private int holdsInJournal;
    private long quietUntilMillis;
    private long quietMillis;

    Mailbox(String memberId, Backstage backstage) {
        this.memberId = memberId;
        this.backstage = backstage;
    }

    String memberId() {
        return memberId;
    }

    /** True when nothing refers to this mailbox any more. */
    synchronized boolean idle() {
        return audience.isEmpty()
                && audience.awaitsNobody()
                && outstanding.size() == 0
                && claimedInJournal + unclaimedInJournal + releasesInJournal + holdsInJournal == 0
                && !loading;
    }

    synchronized boolean hasPeers() {
        return !audience.isEmpty();
    }

    /** What may be loaded now. */
    synchronized Gate gate() {
        return audience.gate();
    }

    synchronized void attach(Peer peer) {
        audience.add(peer);
        loadAgain();
    }

    /** Forgets a connection; what it had not settled goes to another one or back to the database. */
    synchronized void detach(Peer peer) {
        if (audience.remove(peer)) {
            giveUpOn(peer);
            loadAgain();
        }
    }

    /**
     * Takes back all that a broken connection holds. All at once: an elder whose write is still under way would come back
     * after its juniors have gone to another connection.
     */
    private void giveUpOn(Peer peer) {
        List<Delivery> orphans = outstanding.orphanedBy(peer);
        if (!orphans.isEmpty()) {
            fallBack();
            orphans.forEach(this::release);
        }
    }

    /** A session is expected back soon: mail for exactly that session waits for it. */
    synchronized void await(String sessionPublicKey) {
        audience.await(sessionPublicKey);
    }

    /** A session will not come back after all: its mail may go to any other one. */
    synchronized void awaitNoLonger(String sessionPublicKey) {
        if (audience.awaitNoLonger(sessionPublicKey)) {
            loadAgain();
        }
    }

    /** The status or visibility of a connection changed. */
    synchronized void gateChanged(Peer peer) {
        if (audience.gateOpened(peer)) {
            loadAgain();
        }
    }

    private void loadAgain() {
        fallBack();
        loadWanted = true;
        waitingForSpace = false;
        quietMillis = 0;
        quietUntilMillis = 0;
        maybeLoad();
    }

    /** Announces a copy on its way into the journal. True when this node claims it with the insert. */
    synchronized boolean reserve(Recipient recipient, Message message) {
        if (live) {
            List<Taker> takers = audience.takers(recipient, message);
            if (takers.stream().anyMatch(this::hasSpace)) {
                claimedInJournal++;
                return true;
            }
            if (!takers.isEmpty()) {
                fallBack();
            }
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
        } else if (!live) {
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

    /**
     * Something may be owed that this mailbox does not know of. A member whose mail is only held back is asked about less
     * and less often, up to every eight seconds.
     */
    synchronized void nudge() {
        if (audience.isEmpty() || loading || backstage.nowMillis() < quietUntilMillis) {
            return;
        }
        quietMillis = Math.min(MAX_QUIET_MILLIS, Math.max(1, quietMillis * 2));
        quietUntilMillis = backstage.nowMillis() + quietMillis;
        fallBack();
        loadWanted = true;
        maybeLoad();
    }

    /** What became of a loaded copy. */
    enum Offer {
        TAKEN,
        /** Nobody here may have it now: it is back in the database until somebody may. */
        HELD,
        /** Nobody has room: it is back in the database, and the load must stop. */
        NO_SPACE
    }

    /** Hands out a loaded copy. */
    synchronized Offer offerLoaded(Delivery delivery, String encodedPush) {
        if (outstanding.find(delivery.seq()) != null) {
            return Offer.TAKEN;
        }
        quietMillis = 0;
        List<Taker> takers = audience.takers(delivery.recipient(), delivery.message());
        if (takers.isEmpty()) {
            holdBack(delivery);
            return Offer.HELD;
        }
        List<Taker> withSpace = takers.stream().filter(this::hasSpace).toList();
        // What was released since the load began may be older than what it has claimed.
        if (withSpace.isEmpty() || releases != releasesBeforeLoad) {
            release(delivery);
            return Offer.NO_SPACE;
        }
        push(withSpace, delivery, encodedPush);
        return Offer.TAKEN;
    }

    /** Whether a load would find somebody with room. */
    synchronized boolean canTakeMore() {
        return audience.all().stream().anyMatch(this::hasSpace);
    }

    /** How a load ended. */
    enum LoadResult {
        /** Nothing that may be handed out was left in the database. */
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
        List<Taker> takers = audience.takers(delivery.recipient(), delivery.message());
        boolean eldersOwed = !live && (loadWanted || loading || releasesInJournal > 0);
        if (takers.isEmpty() || eldersOwed) {
            fallBack();
            release(delivery);
            return;
        }
        List<Taker> withSpace = takers.stream().filter(this::hasSpace).toList();
        push(withSpace.isEmpty() ? takers.subList(0, 1) : withSpace, delivery, encodedPush);
    }

    private void push(List<Taker> takers, Delivery delivery, String encodedPush) {
        outstanding.add(delivery, takers, backstage.nowMillis() + backstage.leaseMillis());
        for (Taker taker : takers) {
            Peer peer = taker.peer();
            peer.channel().offer(new Outbound(encodedPush, written -> written(delivery.seq(), peer, written)));
        }
    }

    private synchronized void written(long seq, Peer peer, boolean written) {
        Outstanding.Copy copy = outstanding.find(seq);
        if (copy == null || !copy.isHeldBy(peer)) {
            return;
        }
        if (!written) {
            giveUpOn(peer);
        } else if (peer.acknowledges()) {
            if (copy.markSent(backstage.nowMillis() + backstage.leaseMillis())) {
                backstage.mark(Mark.of(Mark.Kind.SENT, copy.delivery()));
            }
        } else {
            outstanding.remove(copy.delivery());
            backstage.mark(Mark.of(Mark.Kind.SENT_SETTLED, copy.delivery()));
        }
    }

    /** The client has the message. False when this mailbox is not waiting for that acknowledgement. */
    synchronized boolean acknowledged(String messageId) {
        Outstanding.Copy copy = outstanding.find(messageId);
        if (copy == null) {
            return false;
        }
        outstanding.remove(copy.delivery());
        backstage.mark(Mark.of(Mark.Kind.RECEIVED, copy.delivery()));
        if (waitingForSpace && outstanding.size() <= RESUME_UNACKNOWLEDGED) {
            waitingForSpace = false;
            maybeLoad();
        }
        return true;
    }

    /** The message id that a client message id was handed out under, for clients that acknowledge by their own id. */
    synchronized @Nullable String messageIdOf(String clientMessageId) {
        return outstanding.messageIdOf(clientMessageId);
    }

    /** Takes back copies whose acknowledgement is overdue; the loader hands them out again. */
    synchronized void sweep() {
        List<Delivery> overdue = outstanding.overdue(backstage.nowMillis());
        if (!overdue.isEmpty()) {
            fallBack();
            overdue.forEach(this::release);
            maybeLoad();
        }
    }

    private void release(Delivery delivery) {
        outstanding.remove(delivery);
        releases++;
        releasesInJournal++;
        backstage.mark(Mark.of(Mark.Kind.RELEASED, delivery, this::released));
    }

    private synchronized void released() {
        releasesInJournal--;
        loadWanted = true;
        maybeLoad();
    }

    /** Like {@link #release}, for a copy that only a change of the connections can free. */
    private void holdBack(Delivery delivery) {
        holdsInJournal++;
        backstage.mark(Mark.of(Mark.Kind.RELEASED, delivery, this::heldBack));
    }

    private synchronized void heldBack() {
        holdsInJournal--;
        maybeLoad();
    }

    private void fallBack() {
        live = false;
    }

    private void maybeLoad() {
        boolean journalBusy = claimedInJournal + releasesInJournal + holdsInJournal > 0;
        if (live || loading || journalBusy || audience.isEmpty() || waitingForSpace) {
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
        releasesBeforeLoad = releases;
        backstage.startLoad(this);
    }

    private void waitForSpace() {
        waitingForSpace = true;
        for (Taker taker : audience.all()) {
            taker.peer().channel().whenUncongested(this::spaceAvailable);
        }
    }

    private synchronized void spaceAvailable() {
        if (waitingForSpace && canTakeMore()) {
            waitingForSpace = false;
            maybeLoad();
        }
    }

    private boolean hasSpace(Taker taker) {
        return !taker.peer().channel().congested()
                && (!taker.peer().acknowledges() || outstanding.size() < MAX_UNACKNOWLEDGED);
    }
}
