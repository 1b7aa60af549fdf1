package com.claudemesh.messaging;

import com.claudemesh.presence.GroupMatch;
import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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

    /** A connection with its gate as this mailbox knows it; {@link #gateChanged} is the only way to change it. */
    private static final class Attached {
        private final Peer peer;
        private boolean idle;
        private boolean visible;

        Attached(Peer peer) {
            this.peer = peer;
            readGate();
        }

        void readGate() {
            idle = peer.accepts(Priority.NEXT);
            visible = peer.visible();
        }

        @Nullable
        String sessionKey() {
            return peer.identity().sessionPublicKey();
        }

        boolean takes(Priority priority) {
            return idle || priority == Priority.NOW;
        }
    }

    /** A copy that connections are holding; empty {@code holders} means that nobody is left who could have it. */
    private static final class Handed {
        private final Delivery delivery;
        private final Set<Peer> holders;
        private long leaseEndsMillis;
        private boolean sentMarked;

        Handed(Delivery delivery, Set<Peer> holders, long leaseEndsMillis) {
            this.delivery = delivery;
            this.holders = holders;
            this.leaseEndsMillis = leaseEndsMillis;
        }
    }

    private final String memberId;
    private final Backstage backstage;
    private final List<Attached> attached = new ArrayList<>(2);
    private final Set<String> awaitedSessions = new HashSet<>(2);
    private final Map<Long, Handed> handed = new HashMap<>();
    private final Map<String, Long> handedById = new HashMap<>();
    private boolean live;
    private boolean loading;
    private boolean loadWanted;
    private boolean waitingForSpace;
    private int claimedInJournal;
    private int unclaimedInJournal;
    private int releasesInJournal;
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
        return attached.isEmpty()
                && handed.isEmpty()
                && awaitedSessions.isEmpty()
                && claimedInJournal + unclaimedInJournal + releasesInJournal + holdsInJournal == 0
                && !loading;
    }

    synchronized boolean hasPeers() {
        return !attached.isEmpty();
    }

    /** What may be loaded now. */
    synchronized Gate gate() {
        List<String> busy = attached.stream()
                .filter(one -> !one.idle)
                .map(Attached::sessionKey)
                .filter(Objects::nonNull)
                .toList();
        return new Gate(
                attached.stream().anyMatch(one -> one.visible),
                attached.stream().anyMatch(one -> one.idle),
                busy,
                List.copyOf(awaitedSessions),
                attached.size() == 1 ? attached.get(0).peer.presenceId() : null);
    }

    synchronized void attach(Peer peer) {
        attached.add(new Attached(peer));
        String sessionKey = peer.identity().sessionPublicKey();
        if (sessionKey != null) {
            awaitedSessions.remove(sessionKey);
        }
        loadAgain();
    }

    /** Forgets a connection; what it had not settled goes to another one or back to the database. */
    synchronized void detach(Peer peer) {
        if (!attached.removeIf(one -> one.peer == peer)) {
            return;
        }
        List<Handed> orphans = new ArrayList<>();
        for (Handed copy : handed.values()) {
            if (copy.holders.remove(peer) && copy.holders.isEmpty()) {
                orphans.add(copy);
            }
        }
        orphans.forEach(copy -> release(copy.delivery));
        loadAgain();
    }

    /** A session is expected back soon: mail for exactly that session waits for it. */
    synchronized void await(String sessionPublicKey) {
        awaitedSessions.add(sessionPublicKey);
    }

    /** A session will not come back after all: its mail may go to any other one. */
    synchronized void awaitNoLonger(String sessionPublicKey) {
        if (awaitedSessions.remove(sessionPublicKey)) {
            loadAgain();
        }
    }

    /** The status or visibility of a connection changed. */
    synchronized void gateChanged(Peer peer) {
        for (Attached one : attached) {
            if (one.peer == peer) {
                boolean wasIdle = one.idle;
                boolean wasVisible = one.visible;
                one.readGate();
                if (one.idle && !wasIdle || one.visible && !wasVisible) {
                    loadAgain();
                }
                return;
            }
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
            List<Attached> takers = takers(recipient, message);
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
        if (attached.isEmpty() || loading || backstage.nowMillis() < quietUntilMillis) {
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
        if (handed.containsKey(delivery.seq())) {
            return Offer.TAKEN;
        }
        quietMillis = 0;
        List<Attached> takers = takers(delivery.recipient(), delivery.message());
        if (takers.isEmpty()) {
            holdBack(delivery);
            return Offer.HELD;
        }
        List<Attached> withSpace = takers.stream().filter(this::hasSpace).toList();
        if (withSpace.isEmpty() || releasesInJournal > 0) {
            release(delivery);
            return Offer.NO_SPACE;
        }
        push(withSpace, delivery, encodedPush);
        return Offer.TAKEN;
    }

    /** Whether a load would find somebody with room. */
    synchronized boolean canTakeMore() {
        return attached.stream().anyMatch(this::hasSpace);
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
        List<Attached> takers = takers(delivery.recipient(), delivery.message());
        boolean eldersOwed = !live && (loadWanted || loading || releasesInJournal > 0);
        if (takers.isEmpty() || eldersOwed) {
            fallBack();
            release(delivery);
            return;
        }
        List<Attached> withSpace = takers.stream().filter(this::hasSpace).toList();
        push(withSpace.isEmpty() ? takers.subList(0, 1) : withSpace, delivery, encodedPush);
    }

    private void push(List<Attached> takers, Delivery delivery, String encodedPush) {
        Set<Peer> holders = new HashSet<>(2);
        takers.forEach(one -> holders.add(one.peer));
        handed.put(delivery.seq(), new Handed(delivery, holders, backstage.nowMillis() + backstage.leaseMillis()));
        handedById.put(delivery.message().id(), delivery.seq());
        for (Attached one : takers) {
            one.peer.channel().offer(new Outbound(encodedPush, written -> written(delivery.seq(), one.peer, written)));
        }
    }

    private synchronized void written(long seq, Peer peer, boolean written) {
        Handed copy = handed.get(seq);
        if (copy == null || !copy.holders.contains(peer)) {
            return;
        }
        if (!written) {
            copy.holders.remove(peer);
            if (copy.holders.isEmpty()) {
                fallBack();
                release(copy.delivery);
            }
        } else if (peer.acknowledges()) {
            copy.leaseEndsMillis = backstage.nowMillis() + backstage.leaseMillis();
            if (!copy.sentMarked) {
                copy.sentMarked = true;
                backstage.mark(Mark.of(Mark.Kind.SENT, copy.delivery));
            }
        } else {
            forget(copy.delivery);
            backstage.mark(Mark.of(Mark.Kind.SENT_SETTLED, copy.delivery));
        }
    }

    /** The client has the message. False when this mailbox is not waiting for that acknowledgement. */
    synchronized boolean acknowledged(String messageId) {
        Long seq = handedById.get(messageId);
        if (seq == null) {
            return false;
        }
        Handed copy = handed.get(seq);
        forget(copy.delivery);
        backstage.mark(Mark.of(Mark.Kind.RECEIVED, copy.delivery));
        if (waitingForSpace && handed.size() <= RESUME_UNACKNOWLEDGED) {
            waitingForSpace = false;
            maybeLoad();
        }
        return true;
    }

    /** The message id that a client message id was handed out under, for clients that acknowledge by their own id. */
    synchronized @Nullable String messageIdOf(String clientMessageId) {
        for (Handed copy : handed.values()) {
            if (clientMessageId.equals(copy.delivery.message().extras().clientMessageId())) {
                return copy.delivery.message().id();
            }
        }
        return null;
    }

    /** Takes back copies whose acknowledgement is overdue; the loader hands them out again. */
    synchronized void sweep() {
        long now = backstage.nowMillis();
        List<Delivery> overdue = handed.values().stream()
                .filter(copy -> copy.leaseEndsMillis < now
                        && copy.holders.stream().allMatch(peer -> peer.channel().queuedChars() == 0))
                .map(copy -> copy.delivery)
                .toList();
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

    /** Like {@link #release}, for a copy that only a change of the connections can free. */
    private void holdBack(Delivery delivery) {
        holdsInJournal++;
        backstage.mark(Mark.of(Mark.Kind.RELEASED, delivery, this::heldBack));
    }

    private synchronized void heldBack() {
        holdsInJournal--;
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
        boolean journalBusy = claimedInJournal + releasesInJournal + holdsInJournal > 0;
        if (live || loading || journalBusy || attached.isEmpty() || waitingForSpace) {
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
        for (Attached one : attached) {
            one.peer.channel().whenUncongested(this::spaceAvailable);
        }
    }

    private synchronized void spaceAvailable() {
        if (waitingForSpace && canTakeMore()) {
            waitingForSpace = false;
            maybeLoad();
        }
    }

    private boolean hasSpace(Attached one) {
        return !one.peer.channel().congested() && (!one.peer.acknowledges() || handed.size() < MAX_UNACKNOWLEDGED);
    }

    /** Who may have a copy now: every visible connection for multicast, else the best one. Never the sending one. */
    private List<Attached> takers(Recipient recipient, Message message) {
        Stream<Attached> others = attached.stream()
                .filter(one -> !one.peer.presenceId().equals(message.sender().presenceId()));
        if (message.targetKind().multicast()) {
            List<Attached> visible = others.filter(one -> one.visible).toList();
            return message.targetKind() == TargetKind.GROUP ? inGroup(message.targetSpec(), visible) : visible;
        }
        String wanted = recipient.sessionPublicKey();
        List<Attached> able = wanted == null ? others.toList() : sessionOrSubstitutes(wanted, others.toList());
        return able.stream()
                .filter(one -> one.takes(message.priority()))
                .min(Comparator.<Attached, Boolean>comparing(one -> !one.idle)
                        .thenComparing(one -> one.peer.connectedAt(), Comparator.reverseOrder()))
                .map(List::of)
                .orElse(List.of());
    }

    /** The session that was meant if it is here, nobody while it is awaited, else every other one. */
    private List<Attached> sessionOrSubstitutes(String wanted, List<Attached> others) {
        List<Attached> meant =
                others.stream().filter(one -> wanted.equals(one.sessionKey())).toList();
        if (!meant.isEmpty() || awaitedSessions.contains(wanted)) {
            return meant;
        }
        return others;
    }

    /** Connections in the group; if the member was addressed while others of its connections were in it, all of them. */
    private static List<Attached> inGroup(String targetSpec, List<Attached> visible) {
        String group = targetSpec.substring(1);
        List<Attached> members = visible.stream()
                .filter(one -> GroupMatch.addresses(group, one.peer.groups()))
                .toList();
        return members.isEmpty() ? visible : members;
    }
}
