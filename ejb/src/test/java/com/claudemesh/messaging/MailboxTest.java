package com.claudemesh.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.Priority;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailboxTest {
    private final World world = new World();

    @Test
    void stored_liveMailbox_isHandedOutWithoutLoading() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();
        int loadsBefore = world.loads;

        world.send();

        assertThat(phone.seqs()).containsExactly(1L);
        assertThat(world.loads).isEqualTo(loadsBefore);
    }

    @Test
    void stored_nobodyConnected_waitsInTheDatabaseUntilTheNextHello() {
        world.send();
        world.send();

        FakeChannel phone = world.connect("p1", true);
        world.runLoads();

        assertThat(phone.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void stored_whileAnOlderCopyIsStillUnloaded_doesNotOvertake() {
        world.send();
        FakeChannel phone = world.connect("p1", true);
        world.send();
        assertThat(phone.seqs()).isEmpty();

        world.runLoads();

        assertThat(phone.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void written_clientDoesNotAcknowledge_isSettledByTheWriteAlone() {
        FakeChannel phone = world.connect("p1", false);
        world.runLoads();
        world.send();
        assertThat(world.settled).isEmpty();

        phone.writeAll();
        world.runMarks();

        assertThat(world.settled).containsExactly(1L);
    }

    @Test
    void written_clientAcknowledges_isSettledByTheAcknowledgementOnly() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();
        world.send();
        phone.writeAll();
        world.runMarks();
        assertThat(world.settled).isEmpty();

        world.mailbox.acknowledged("m1");
        world.runMarks();

        assertThat(world.settled).containsExactly(1L);
    }

    @Test
    void detach_withUnsettledCopies_givesThemToTheNextConnectionInOrder() {
        FakeChannel first = world.connect("p1", true);
        world.runLoads();
        LongStream.rangeClosed(1, 5).forEach(i -> world.send());
        first.writeAll();
        world.disconnect("p1");

        FakeChannel second = world.connect("p2", true);
        world.settleDown();

        assertThat(second.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void detach_copyWrittenToANonAcknowledgingClient_isNotHandedOutAgain() {
        FakeChannel first = world.connect("p1", false);
        world.runLoads();
        world.send();
        first.writeAll();
        world.disconnect("p1");

        FakeChannel second = world.connect("p2", false);
        world.settleDown();

        assertThat(second.seqs()).isEmpty();
    }

    @Test
    void sweep_acknowledgementOverdue_handsTheCopyOutAgain() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();
        world.send();
        phone.writeAll();
        world.nowMillis += World.LEASE_MILLIS + 1;

        world.mailbox.sweep();
        world.settleDown();

        assertThat(phone.seqs()).containsExactly(1L, 1L);
    }

    @Test
    void reserve_congestedPeer_leavesTheCopyInTheDatabaseUntilThereIsRoom() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();
        phone.congested = true;

        world.send();
        world.settleDown();
        assertThat(phone.seqs()).isEmpty();
        phone.relieve();
        world.settleDown();

        assertThat(phone.seqs()).containsExactly(1L);
    }

    @Test
    void reserve_windowOfUnacknowledgedCopiesFull_waitsForAcknowledgements() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();
        IntStream.range(0, Mailbox.MAX_UNACKNOWLEDGED + 10).forEach(i -> world.send());
        world.settleDown();
        assertThat(phone.seqs()).hasSize(Mailbox.MAX_UNACKNOWLEDGED);

        IntStream.rangeClosed(1, Mailbox.MAX_UNACKNOWLEDGED).forEach(i -> world.mailbox.acknowledged("m" + i));
        world.settleDown();

        assertThat(phone.seqs()).hasSize(Mailbox.MAX_UNACKNOWLEDGED + 10).isSorted();
    }

    @Test
    void handOut_senderIsTheOnlyConnection_neverEchoes() {
        FakeChannel phone = world.connect("p1", true);
        world.runLoads();

        world.sendFrom("p1");
        world.settleDown();

        assertThat(phone.seqs()).isEmpty();
    }

    @Test
    void handOut_sessionMeant_goesToThatSession() {
        FakeChannel meant = world.connect("p1", true);
        FakeChannel newer = world.connect("p2", true);
        world.runLoads();

        world.sendTo(new Recipient("bob", "session-p1"), "other");
        world.settleDown();

        assertThat(meant.seqs()).containsExactly(1L);
        assertThat(newer.seqs()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Sends, commits, loads, writes, acknowledgements and reconnects in random order: nothing lost, order kept. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyInterleaving_oneAcknowledgingClient_getsEverythingInOrder(long seed) {
        Random random = new Random(seed);
        List<Long> received = new ArrayList<>();
        int incarnation = 0;
        world.connect("p0", true);
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> world.reserve("other", new Recipient("bob", null));
                case 2 -> world.commitOne();
                case 3 -> world.runOneLoad();
                case 4 -> world.runOneMark();
                case 5 -> world.channel().writeAll();
                case 6 -> world.acknowledgeOldestTo(received);
                default -> {
                    if (random.nextInt(6) == 0) {
                        world.disconnect("p" + incarnation++);
                        world.connect("p" + incarnation, true);
                    }
                }
            }
        }
        for (int round = 0; round < 2_000 && received.size() < world.reserved; round++) {
            world.settleDown();
            world.channel().writeAll();
            world.acknowledgeOldestTo(received);
        }

        assertThat(received)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, world.reserved).boxed().toList());
    }

    /** A database, a journal and a loader without threads: the test decides what happens when. */
    private static final class World implements Mailbox.Backstage {
        static final long LEASE_MILLIS = 30_000;

        private record InJournal(Message message, Recipient recipient, boolean claimed) {}

        private final Mailbox mailbox = new Mailbox("bob", this);
        private final Deque<InJournal> journal = new ArrayDeque<>();
        private final Deque<Mark> marks = new ArrayDeque<>();
        private final Deque<Mailbox> startedLoads = new ArrayDeque<>();
        private final TreeMap<Long, Delivery> owed = new TreeMap<>();
        private final Map<Long, Boolean> claimed = new TreeMap<>();
        private final List<Long> settled = new ArrayList<>();
        private final Map<String, Peer> peers = new TreeMap<>();
        private FakeChannel latest;
        private long seq;
        private long reserved;
        private int loads;
        private long nowMillis;

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

        boolean runOneLoad() {
            Mailbox next = startedLoads.poll();
            if (next == null) {
                return false;
            }
            loads++;
            Gate gate = mailbox.gate();
            List<Delivery> found = owed.values().stream()
                    .filter(delivery -> !claimed.get(delivery.seq()) && passes(gate, delivery))
                    .limit(3)
                    .toList();
            found.forEach(delivery -> claimed.put(delivery.seq(), true));
            boolean taking = true;
            for (Delivery delivery : found) {
                taking &= mailbox.offerLoaded(delivery, Long.toString(delivery.seq())) != Mailbox.Offer.NO_SPACE;
            }
            mailbox.loaded(taking && found.size() < 3 ? Mailbox.LoadResult.EXHAUSTED : Mailbox.LoadResult.STOPPED);
            return true;
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

    private static final class FakeChannel implements PeerChannel {
        private final List<Long> offered = new ArrayList<>();
        private final Deque<Outbound> unwritten = new ArrayDeque<>();
        private final Deque<Long> written = new ArrayDeque<>();
        private final List<Runnable> waiters = new ArrayList<>();
        private boolean congested;
        private boolean broken;

        List<Long> seqs() {
            return offered;
        }

        @Override
        public void offer(Outbound frame) {
            offered.add(Long.parseLong(frame.text()));
            if (broken) {
                frame.written().done(false);
            } else {
                unwritten.add(frame);
            }
        }

        void writeAll() {
            while (!unwritten.isEmpty()) {
                Outbound next = unwritten.poll();
                written.add(Long.parseLong(next.text()));
                next.written().done(true);
            }
        }

        Long takeWritten() {
            return written.poll();
        }

        void breakOff() {
            broken = true;
            while (!unwritten.isEmpty()) {
                unwritten.poll().written().done(false);
            }
        }

        void relieve() {
            congested = false;
            List.copyOf(waiters).forEach(Runnable::run);
        }

        @Override
        public long queuedChars() {
            return unwritten.size();
        }

        @Override
        public boolean congested() {
            return congested;
        }

        @Override
        public void whenUncongested(Runnable action) {
            if (congested) {
                waiters.add(action);
            } else {
                action.run();
            }
        }

        @Override
        public void close(CloseCode code, String reason) {
            broken = true;
        }

        @Override
        public void abort(CloseCode code, String reason) {
            broken = true;
        }
    }
}
