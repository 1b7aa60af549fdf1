package com.claudemesh.messaging;

import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.Priority;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A database, a journal and a loader without threads: the test decides what happens when. */
final class MailboxWorld implements Mailbox.Backstage {
    static final long LEASE_MILLIS = 30_000;

    private record InJournal(Message message, Recipient recipient, boolean claimed) {}

    final Mailbox mailbox = new Mailbox("bob", this);
    private final Deque<InJournal> journal = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final Deque<Mailbox> startedLoads = new ArrayDeque<>();
    private final TreeMap<Long, Delivery> owed = new TreeMap<>();
    private final Map<Long, Boolean> claimed = new TreeMap<>();
    final List<Long> settled = new ArrayList<>();
    private final Map<String, Peer> peers = new TreeMap<>();
    private List<Delivery> loaded;
    private FakeChannel latest;
    private long seq;
    long reserved;
    int loads;
    long nowMillis;

    FakeChannel connect(String presenceId, boolean acknowledges) {
        latest = new FakeChannel();
        Peer peer = new Peer(
                presenceId,
                new PeerIdentity("mesh", "bob", "key", "session-" + presenceId, true, "Bob"),
                new ClientInfo(
                        presenceId,
                        1,
                        "",
                        null,
                        null,
                        null,
                        null,
                        acknowledges ? Set.of(Capability.CLIENT_ACK) : Set.of()),
                List.of(),
                Instant.ofEpochSecond(peers.size()),
                latest);
        peers.put(presenceId, peer);
        mailbox.attach(peer);
        return latest;
    }

    FakeChannel channel() {
        return latest;
    }

    void disconnect(String presenceId) {
        Peer peer = peers.get(presenceId);
        ((FakeChannel) peer.channel()).breakOff();
        mailbox.detach(peer);
    }

    void send() {
        sendFrom("other");
    }

    void sendFrom(String presenceId) {
        sendTo(new Recipient("bob", null), presenceId);
    }

    void sendTo(Recipient recipient, String presenceId) {
        reserve(presenceId, recipient);
        while (commitOne()) {
            Thread.onSpinWait();
        }
    }

    void reserve(String senderPresence, Recipient recipient) {
        reserved++;
        Message message = new Message(
                "m" + reserved,
                "mesh",
                new Message.Sender("alice", "k", null, senderPresence, "Alice"),
                "key",
                Priority.NEXT,
                "",
                "",
                new Message.Extras(null, null, null, null, null),
                Instant.EPOCH,
                Instant.MAX);
        journal.add(new InJournal(message, recipient, mailbox.reserve(recipient, message)));
    }

    boolean commitOne() {
        InJournal next = journal.poll();
        if (next == null) {
            return false;
        }
        Delivery delivery = new Delivery(++seq, next.message(), next.recipient());
        owed.put(seq, delivery);
        claimed.put(seq, next.claimed());
        mailbox.stored(delivery, next.claimed(), Long.toString(seq));
        return true;
    }

    /** Goes on with the load under way, or starts the next one. */
    boolean runOneLoad() {
        if (loaded != null) {
            offerLoaded();
            return true;
        }
        return claimForLoad();
    }

    /** The first half of a load: what it finds is claimed, and not offered yet. */
    boolean claimForLoad() {
        Mailbox next = startedLoads.poll();
        if (next == null) {
            return false;
        }
        loads++;
        Gate gate = mailbox.gate();
        loaded = owed.values().stream()
                .filter(delivery -> !claimed.get(delivery.seq()) && passes(gate, delivery))
                .limit(3)
                .toList();
        loaded.forEach(delivery -> claimed.put(delivery.seq(), true));
        return true;
    }

    /** The second half. */
    void offerLoaded() {
        List<Delivery> found = loaded;
        loaded = null;
        boolean taking = true;
        for (Delivery delivery : found) {
            taking &= mailbox.offerLoaded(delivery, Long.toString(delivery.seq())) != Mailbox.Offer.NO_SPACE;
        }
        mailbox.loaded(taking && found.size() < 3 ? Mailbox.LoadResult.EXHAUSTED : Mailbox.LoadResult.STOPPED);
    }

    /** What the claiming statement of the store says. */
    private static boolean passes(Gate gate, Delivery delivery) {
        Message message = delivery.message();
        if (message.sender().presenceId().equals(gate.onlyPresence())) {
            return false;
        }
        if (message.targetKind().multicast()) {
            return gate.visible();
        }
        String session = delivery.recipient().sessionPublicKey();
        return !gate.awaitedSessions().contains(String.valueOf(session))
                && (message.priority() == Priority.NOW
                        || gate.idle() && !gate.busySessions().contains(String.valueOf(session)));
    }

    boolean runOneMark() {
        Mark next = marks.poll();
        if (next == null) {
            return false;
        }
        switch (next.kind()) {
            case SENT_SETTLED, RECEIVED -> {
                owed.remove(next.seq());
                settled.add(next.seq());
            }
            case RELEASED -> claimed.put(next.seq(), false);
            default -> {}
        }
        next.done().run();
        return true;
    }

    void runLoads() {
        while (runOneLoad()) {
            Thread.onSpinWait();
        }
    }

    void runMarks() {
        while (runOneMark()) {
            Thread.onSpinWait();
        }
    }

    void settleDown() {
        while (commitOne() | runOneMark() | runOneLoad()) {
            Thread.onSpinWait();
        }
    }

    void acknowledgeOldestTo(List<Long> received) {
        Long next = latest.takeWritten();
        if (next == null) {
            return;
        }
        if (!received.contains(next)) {
            received.add(next);
        }
        if (!mailbox.acknowledged("m" + next)) {
            owed.remove(next);
        }
    }

    @Override
    public void startLoad(Mailbox toLoad) {
        startedLoads.add(toLoad);
    }

    @Override
    public void mark(Mark mark) {
        marks.add(mark);
    }

    @Override
    public long leaseMillis() {
        return LEASE_MILLIS;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }
}
