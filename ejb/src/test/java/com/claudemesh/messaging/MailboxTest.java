package com.claudemesh.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.presence.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailboxTest {
    private final MailboxWorld world = new MailboxWorld();

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
    void written_connectionCutOffWhileAWriteIsUnderWay_givesEverythingToTheNextOneInOrder() {
        FakeChannel first = world.connect("p1", true);
        world.runLoads();
        LongStream.rangeClosed(1, 5).forEach(i -> world.send());
        Outbound underWay = first.cutOff();

        FakeChannel second = world.connect("p2", true);
        world.settleDown();
        underWay.written().done(false);
        world.settleDown();

        assertThat(second.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void detach_whileALoadHasClaimedWhatComesLater_keepsTheOrder() {
        FakeChannel first = world.connect("p1", true);
        world.runLoads();
        world.send();
        world.send();
        first.congested = true;
        world.send();
        first.relieve();
        world.claimForLoad();

        world.disconnect("p1");
        FakeChannel second = world.connect("p2", true);
        world.runMarks();
        world.offerLoaded();
        world.settleDown();

        assertThat(second.seqs()).containsExactly(1L, 2L, 3L);
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
        world.nowMillis += MailboxWorld.LEASE_MILLIS + 1;

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
}
