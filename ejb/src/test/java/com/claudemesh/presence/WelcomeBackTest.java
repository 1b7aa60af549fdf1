package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.PeerProfile;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.SetProfile;
import com.claudemesh.testing.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Saved peer state, wire protocol §4.11. */
class WelcomeBackTest {
    private static final GroupLabel ENG = new GroupLabel("eng", "lead");
    private static final GroupLabel EVERYDAY = new GroupLabel("everyday", null);
    private static DataSource database;

    private final PresenceWorld world = new PresenceWorld(database, "alice", "bob");

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @Test
    void firstHello_isNotRestoredAndTakesTheDefaultGroups() {
        HelloOutcome.Accepted first = world.member("alice").connect();

        assertThat(first.answer().restored()).isNull();
        assertThat(first.answer().restoredStats()).isNull();
        assertThat(first.peer().groups()).containsExactly(EVERYDAY);
    }

    @Test
    void nextHello_findsGroupsProfileVisibilitySummaryAndTime() {
        Peer first = world.member("alice").connect().peer();
        world.service.joinGroup(first, ENG);
        world.service.setProfile(first, new SetProfile("🦊", "Reviewer", null, null));
        world.service.setVisible(first, false);
        world.service.setSummary(first, "reviewing");
        world.clock.passSeconds(5);
        world.socketClosed(first);

        HelloOutcome.Accepted second = world.member("alice").connect();

        HelloAck answer = second.answer();
        assertThat(answer.restored()).isTrue();
        assertThat(answer.restoredGroups()).containsExactly(EVERYDAY, ENG);
        assertThat(answer.lastSummary()).isEqualTo("reviewing");
        assertThat(answer.lastSeenAt()).isEqualTo(WireTime.text(world.clock.instant()));
        assertThat(second.peer().groups()).containsExactly(EVERYDAY, ENG);
        assertThat(second.peer().profile()).isEqualTo(new PeerProfile("🦊", "Reviewer", null, null));
        assertThat(second.peer().visible()).isFalse();
        assertThat(second.peer().summary()).isNull();
    }

    @Test
    void nextHello_withGroupsOfItsOwn_keepsThoseAndIsNotHandedTheSavedOnes() {
        Peer first = world.member("alice").groups(ENG).connect().peer();
        world.socketClosed(first);
        GroupLabel ops = new GroupLabel("ops", null);

        HelloOutcome.Accepted second = world.member("alice").groups(ops).connect();

        assertThat(second.peer().groups()).containsExactly(ops);
        assertThat(second.answer().restored()).isTrue();
        assertThat(second.answer().restoredGroups()).isNull();
    }

    @Test
    void nextHello_withAnEmptyListOfGroups_countsAsSayingNothing() {
        world.socketClosed(world.member("alice").groups(ENG).connect().peer());

        assertThat(world.member("alice").groups().connect().peer().groups()).containsExactly(ENG);
    }

    @Test
    void sessionConnection_isNeverRestored() {
        Peer first = world.member("alice").groups(ENG).connect().peer();
        world.service.setVisible(first, false);
        world.socketClosed(first);

        HelloOutcome.Accepted session = world.member("alice").connectSession(SigningKeyPair.generate());

        assertThat(session.answer().restored()).isNull();
        assertThat(session.peer().groups()).containsExactly(EVERYDAY);
        assertThat(session.peer().visible()).isTrue();
    }

    @Test
    void sameSessionAgain_whileTheFirstIsOpen_findsWhatThatOneSaid() {
        Peer first = world.member("alice").session("s").connect().peer();
        world.service.joinGroup(first, ENG);
        world.service.setSummary(first, "reviewing");

        HelloOutcome.Accepted second = world.member("alice").session("s").connect();

        assertThat(second.replaced()).containsExactly(first);
        assertThat(second.peer().groups()).contains(ENG);
        assertThat(second.answer().lastSummary()).isEqualTo("reviewing");
    }

    @Test
    void ended_byAnAdministrator_isSavedAsWell() {
        Peer first = world.member("alice").groups(ENG).connect().peer();
        world.departure.ended(first);

        assertThat(world.member("alice").connect().peer().groups()).containsExactly(ENG);
    }

    @Test
    void stats_clientCountsOnFromWhatItWasHanded_areNotDoubled() {
        Peer first = world.member("alice").connect().peer();
        world.service.setStats(first, stats(10));
        world.socketClosed(first);

        HelloOutcome.Accepted second = world.member("alice").connect();
        assertThat(second.answer().restoredStats()).isEqualTo(new HelloAck.RestoredStats(10, 0, 0, 0));
        world.service.setStats(second.peer(), stats(12));
        world.socketClosed(second.peer());

        assertThat(world.member("alice").connect().answer().restoredStats())
                .isEqualTo(new HelloAck.RestoredStats(12, 0, 0, 0));
    }

    @Test
    void stats_connectionWasHandedNothing_areAdded() {
        Peer first = world.member("alice").connect().peer();
        world.service.setStats(first, stats(10));
        world.socketClosed(first);
        Peer session =
                world.member("alice").connectSession(SigningKeyPair.generate()).peer();
        world.service.setStats(session, stats(5));
        world.departure.ended(session);

        assertThat(world.member("alice").connect().answer().restoredStats())
                .isEqualTo(new HelloAck.RestoredStats(15, 0, 0, 0));
    }

    @Test
    void stats_ofParallelSessions_areAllCounted() {
        world.socketClosed(world.member("alice").connect().peer());
        Peer one = world.member("alice").connect().peer();
        Peer two = world.member("alice").connect().peer();
        world.service.setStats(one, stats(7));
        world.service.setStats(two, stats(3));
        world.socketClosed(one);
        world.socketClosed(two);

        assertThat(world.member("alice").connect().answer().restoredStats())
                .isEqualTo(new HelloAck.RestoredStats(10, 0, 0, 0));
    }

    @Test
    void stats_sameSessionAgainAndAgain_areCountedOnce() {
        Peer first = world.member("alice").session("s").connect().peer();
        world.service.setStats(first, stats(10));
        HelloOutcome.Accepted second = world.member("alice").session("s").connect();
        world.service.setStats(second.peer(), stats(11));
        HelloOutcome.Accepted third = world.member("alice").session("s").connect();

        assertThat(second.answer().restoredStats().messagesIn()).isEqualTo(10);
        assertThat(third.answer().restoredStats().messagesIn()).isEqualTo(11);
    }

    @Test
    void stats_absurdlyLarge_stayWithinWhatClientsCanRead() {
        long most = 9_007_199_254_740_991L;
        for (int i = 0; i < 2; i++) {
            Peer session = world.member("alice")
                    .connectSession(SigningKeyPair.generate())
                    .peer();
            world.service.setStats(session, stats(most));
            world.departure.ended(session);
        }

        assertThat(world.member("alice").connect().answer().restoredStats().messagesIn())
                .isEqualTo(most);
    }

    @Test
    void oneShotCommand_thatChangesNothing_leavesNothing() {
        Peer oneShot =
                world.member("alice").capable(Capability.NO_PUSH).connect().peer();
        world.socketClosed(oneShot);

        assertThat(world.member("alice").connect().answer().restored()).isNull();
    }

    @Test
    void oneShotCommand_thatJoinsAGroup_leavesThatAndWhatWasThere() {
        Peer first = world.member("alice").groups(ENG).connect().peer();
        world.service.setSummary(first, "reviewing");
        world.socketClosed(first);
        HelloOutcome.Accepted oneShot =
                world.member("alice").capable(Capability.NO_PUSH).connect();
        assertThat(oneShot.answer().restored()).isNull();
        world.service.joinGroup(oneShot.peer(), new GroupLabel("ops", null));
        world.socketClosed(oneShot.peer());

        HelloOutcome.Accepted next = world.member("alice").connect();

        assertThat(next.peer().groups()).containsExactly(ENG, new GroupLabel("ops", null));
        assertThat(next.answer().lastSummary()).isEqualTo("reviewing");
    }

    @Test
    void offlineGroups_followWhatTheLastConnectionLeft() {
        assertThat(world.groups.offlineGroups(world.meshId, world.id("alice"))).containsExactly(EVERYDAY);
        Peer peer = world.member("alice").groups(ENG).connect().peer();
        world.socketClosed(peer);

        assertThat(world.groups.offlineGroups(world.meshId, world.id("alice"))).containsExactly(ENG);
    }

    private static PeerStats stats(long messagesIn) {
        return new PeerStats(messagesIn, 0L, 0L, null, 0L);
    }
}
