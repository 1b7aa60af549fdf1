package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases and replacement, wire protocol §1.8. */
class LeaseFlowTest {
    private static final String DAEMON = "claudemesh-daemon";
    private static DataSource database;

    private final PresenceWorld world = new PresenceWorld(database, "alice", "bob");
    private final SigningKeyPair session = SigningKeyPair.generate();
    private final List<String> leaseNews = new ArrayList<>();
    private RecordingChannel witness;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void connectWitness() {
        witness = TestPeers.channelOf(world.member("bob").connect().peer());
        world.observers.add(new PresenceObserver() {
            @Override
            public void gateChanged(Peer peer) {}

            @Override
            public void leaseStarted(Peer peer) {
                leaseNews.add("started");
            }

            @Override
            public void leaseEnded(Peer peer) {
                leaseNews.add("ended");
            }
        });
    }

    @Test
    void plainConnection_lost_leavesAtOnce() {
        Peer peer = world.member("alice").connect().peer();

        world.socketClosed(peer);

        assertThat(world.registry.find(world.meshId, peer.presenceId())).isNull();
        assertThat(witness.events()).containsExactly("peer_joined", "peer_left");
    }

    @Test
    void sessionConnection_lost_staysListedAndNobodyIsTold() {
        Peer peer = world.member("alice").connectSession(session).peer();

        world.socketClosed(peer);

        assertThat(world.registry.find(world.meshId, peer.presenceId())).isSameAs(peer);
        assertThat(world.registry.peerBySessionKey(world.meshId, session.publicHex()))
                .contains(peer);
        assertThat(peer.away()).isTrue();
        assertThat(witness.events()).containsExactly("peer_joined");
        assertThat(leaseNews).containsExactly("started");
    }

    @Test
    void sessionConnection_backInTime_isTheSamePresenceWithEverythingItWas() {
        Peer first = world.member("alice").cwd("/old").connectSession(session).peer();
        world.service.joinGroup(first, new GroupLabel("eng", null));
        world.service.setSummary(first, "reviewing");
        world.service.setStatus(first, Status.DND);
        world.socketClosed(first);
        world.clock.passSeconds(89);

        HelloOutcome.Accepted back = world.member("alice")
                .cwd("/new")
                .named("renamed")
                .groups(new GroupLabel("ignored", null))
                .connectSession(session);
        world.clock.passSeconds(1_000);
        world.departure.endOverdue();

        Peer second = back.peer();
        assertThat(second.presenceId()).isEqualTo(first.presenceId());
        assertThat(second.connectedAt()).isEqualTo(first.connectedAt());
        assertThat(second.groups()).extracting(GroupLabel::name).containsExactly("everyday", "eng");
        assertThat(second.summary()).isEqualTo("reviewing");
        assertThat(second.status()).isEqualTo(Status.DND);
        assertThat(second.client().cwd()).isEqualTo("/new");
        assertThat(second.identity().displayName()).isEqualTo("renamed");
        assertThat(second.away()).isFalse();
        assertThat(world.registry.find(world.meshId, first.presenceId())).isSameAs(second);
        assertThat(witness.events()).containsExactly("peer_joined");
    }

    @Test
    void sessionConnection_back_isAnsweredWithoutProfileAndRestoring() {
        Peer first = world.member("alice").named("nick").connectSession(session).peer();
        world.socketClosed(first);

        HelloOutcome.Accepted back = world.member("alice").cwd(null).connectSession(session);

        assertThat(back.answer().memberProfile()).isNull();
        assertThat(back.answer().restored()).isNull();
        assertThat(back.answer().services()).isNull();
        assertThat(back.answer().memberDisplayName()).isEqualTo("nick");
        assertThat(back.peer().client().cwd()).isEqualTo("/project");
    }

    @Test
    void sessionConnection_notBackInTime_leavesOnceWithItsStateSaved() {
        Peer peer = world.member("alice").connectSession(session).peer();
        world.service.setSummary(peer, "reviewing");
        world.socketClosed(peer);
        world.clock.passSeconds(90);

        world.departure.endOverdue();
        world.departure.endOverdue();

        assertThat(witness.events()).containsExactly("peer_joined", "peer_left");
        assertThat(leaseNews).containsExactly("started", "ended");
        assertThat(world.member("alice").connect().answer().lastSummary()).isEqualTo("reviewing");
    }

    @Test
    void sessionConnection_backTooLate_isANewPresence() {
        Peer first = world.member("alice").connectSession(session).peer();
        world.socketClosed(first);
        world.clock.passSeconds(90);
        world.departure.endOverdue();

        Peer second = world.member("alice").connectSession(session).peer();

        assertThat(second.presenceId()).isNotEqualTo(first.presenceId());
        assertThat(witness.events()).containsExactly("peer_joined", "peer_left", "peer_returned");
    }

    @Test
    void sessionHello_whileTheConnectionIsOnline_takesItsPlaceAndTheLateCloseIsIgnored() {
        Peer first = world.member("alice").connectSession(session).peer();

        HelloOutcome.Accepted second = world.member("alice").connectSession(session);
        world.socketClosed(first);

        assertThat(second.earlier()).isSameAs(first);
        assertThat(second.peer().presenceId()).isEqualTo(first.presenceId());
        assertThat(world.registry.find(world.meshId, first.presenceId())).isSameAs(second.peer());
        assertThat(witness.events()).containsExactly("peer_joined");
        assertThat(leaseNews).isEmpty();
    }

    @Test
    void framesOfTheEarlierConnection_handledLate_stillCount() {
        Peer first = world.member("alice").connectSession(session).peer();
        Peer second = world.member("alice").connectSession(session).peer();

        world.service.setSummary(first, "said before the socket broke");

        assertThat(second.summary()).isEqualTo("said before the socket broke");
    }

    @Test
    void plainHello_ofTheSameMemberWithTheSessionKey_comesBackToALostSession() {
        Peer first = world.member("alice").connectSession(session).peer();
        world.socketClosed(first);

        HelloOutcome.Accepted back =
                world.member("alice").sessionKey(session.publicHex()).connect();

        assertThat(back.peer().presenceId()).isEqualTo(first.presenceId());
        assertThat(back.answer().memberProfile()).isNotNull();
        assertThat(back.answer().services()).isEmpty();
        assertThat(back.answer().restored()).isNull();
    }

    @Test
    void plainHello_withTheSessionKeyOfASessionOnline_isAConnectionOfItsOwn() {
        Peer first = world.member("alice").connectSession(session).peer();

        Peer second =
                world.member("alice").sessionKey(session.publicHex()).connect().peer();

        assertThat(second.presenceId()).isNotEqualTo(first.presenceId());
        assertThat(world.registry.find(world.meshId, first.presenceId())).isSameAs(first);
    }

    @Test
    void plainHello_ofAnotherMember_neverGetsALostSession() {
        Peer first = world.member("alice").connectSession(session).peer();
        world.socketClosed(first);

        HelloOutcome stolen =
                world.member("bob").sessionKey(session.publicHex()).hello();

        assertThat(stolen)
                .isInstanceOfSatisfying(
                        HelloOutcome.Rejected.class,
                        no -> assertThat(no.code()).isEqualTo(ErrorCode.BAD_SESSION_PUBKEY));
        assertThat(world.registry.find(world.meshId, first.presenceId())).isSameAs(first);
    }

    @Test
    void daemon_lost_comesBackByItsSessionIdAndMember() {
        Peer first =
                world.member("alice").session("d").channel(DAEMON).connect().peer();
        assertThat(first.controlPlane()).isTrue();
        world.socketClosed(first);
        assertThat(first.away()).isTrue();

        Peer other = world.member("bob").session("d").channel(DAEMON).connect().peer();
        Peer back = world.member("alice").session("d").channel(DAEMON).connect().peer();

        assertThat(other.presenceId()).isNotEqualTo(first.presenceId());
        assertThat(back.presenceId()).isEqualTo(first.presenceId());
    }

    @Test
    void sessionConnection_onTheDaemonsChannel_isASession() {
        assertThat(world.member("alice")
                        .channel(DAEMON)
                        .connectSession(session)
                        .peer()
                        .controlPlane())
                .isFalse();
    }

    @Test
    void daemon_online_isReplacedBySessionIdLikeEverybody() {
        Peer first =
                world.member("alice").session("d").channel(DAEMON).connect().peer();

        HelloOutcome.Accepted second =
                world.member("alice").session("d").channel(DAEMON).connect();

        assertThat(second.replaced()).containsExactly(first);
        assertThat(second.peer().presenceId()).isNotEqualTo(first.presenceId());
    }

    @Test
    void newSessionKey_underTheSessionIdOfALostSession_replacesIt() {
        Peer first = world.member("alice").session("s").connectSession(session).peer();
        world.socketClosed(first);

        HelloOutcome.Accepted second = world.member("alice").session("s").connectSession(SigningKeyPair.generate());

        assertThat(second.replaced()).containsExactly(first);
        assertThat(witness.events()).containsExactly("peer_joined");
        assertThat(leaseNews).containsExactly("started", "ended");
    }

    @Test
    void oneShotCommand_ofTheSameSession_neitherReplacesNorComesBackNorIsKept() {
        Peer live = world.member("alice").session("s").connectSession(session).peer();
        Peer oneShot = world.member("alice")
                .session("s")
                .capable(Capability.NO_PUSH)
                .connectSession(session)
                .peer();
        assertThat(world.registry.find(world.meshId, live.presenceId())).isSameAs(live);
        assertThat(world.registry.peerBySessionKey(world.meshId, session.publicHex()))
                .contains(live);

        world.socketClosed(oneShot);

        assertThat(world.registry.find(world.meshId, oneShot.presenceId())).isNull();
        assertThat(witness.events()).containsExactly("peer_joined");
    }

    @Test
    void ended_duringTheLease_leavesAtOnceAndOnce() {
        Peer peer = world.member("alice").connectSession(session).peer();
        world.socketClosed(peer);

        world.departure.ended(peer);
        world.departure.ended(peer);
        world.clock.passSeconds(90);
        world.departure.endOverdue();

        assertThat(witness.events()).containsExactly("peer_joined", "peer_left");
        assertThat(leaseNews).containsExactly("started", "ended");
    }

    @Test
    void ended_whileOnline_skipsTheLeaseWhenTheSocketCloses() {
        Peer peer = world.member("alice").connectSession(session).peer();

        world.departure.ended(peer);
        world.socketClosed(peer);

        assertThat(world.registry.find(world.meshId, peer.presenceId())).isNull();
        assertThat(witness.events()).containsExactly("peer_joined", "peer_left");
        assertThat(leaseNews).isEmpty();
    }

    @Test
    void lostSessions_countAgainstTheMeshAndComeBackAtTheLimit() {
        world.socketClosed(world.member("alice").connectSession(session).peer());
        for (int i = 2; i < PresenceWorld.MAX_CONNECTIONS; i++) {
            world.member("alice").connect();
        }

        assertThat(world.member("alice").hello())
                .isInstanceOfSatisfying(
                        HelloOutcome.Rejected.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.CAPACITY));
        for (int i = 0; i < 20; i++) {
            assertThat(world.member("alice").sessionHello(session)).isInstanceOf(HelloOutcome.Accepted.class);
        }
    }

    @Test
    void serverStop_savesThoseWhoWereExpectedBack() {
        Peer peer = world.member("alice").connectSession(session).peer();
        world.service.setSummary(peer, "reviewing");
        world.socketClosed(peer);

        world.departure.endAllLeases();

        assertThat(world.member("alice").connect().answer().lastSummary()).isEqualTo("reviewing");
    }

    @Test
    void rowOfAPresence_thatCameBack_isLiveAgainAndEndsOnce() {
        Peer first = world.member("alice").connectSession(session).peer();
        world.socketClosed(first);
        Peer second = world.member("alice").cwd("/new").connectSession(session).peer();
        String row = "SELECT cwd || ' ' || (disconnected_at IS NULL) FROM mesh.presence WHERE id = '"
                + first.presenceId() + "'";
        assertThat(world.query(row)).containsExactly("/new true");

        world.departure.ended(second);

        assertThat(world.query(row)).containsExactly("/new false");
    }
}
