package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.SetProfile;
import com.claudemesh.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of presences over crashes, dead nodes and time. */
class PresenceUpkeepTest {
    private static final GroupLabel ENG = new GroupLabel("eng", null);
    private static DataSource database;

    private final PresenceWorld world = new PresenceWorld(database, "alice", "bob");

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void start() throws SQLException {
        world.nodes.started();
    }

    @Test
    void crash_afterTheMirror_losesNothingThatPeersSaid() throws SQLException {
        Peer peer = world.member("alice").connect().peer();
        world.service.joinGroup(peer, ENG);
        world.service.setSummary(peer, "reviewing");
        world.service.setStats(peer, new PeerStats(5L, null, null, null, null));
        world.upkeep.mirror();

        PresenceWorld restarted = restart();

        HelloOutcome.Accepted next = restarted.member("alice").connect();
        assertThat(next.peer().groups()).contains(ENG);
        assertThat(next.answer().lastSummary()).isEqualTo("reviewing");
        assertThat(next.answer().restoredStats()).isEqualTo(new HelloAck.RestoredStats(5, 0, 0, 0));
    }

    @Test
    void crash_atAnyTime_keepsWhatWasAnsweredByAReceipt() throws SQLException {
        Peer peer = world.member("alice").connect().peer();
        world.service.setVisible(peer, false);
        world.service.setProfile(peer, new SetProfile(null, "Reviewer", null, null));

        Peer next = restart().member("alice").connect().peer();

        assertThat(next.visible()).isFalse();
        assertThat(next.profile().title()).isEqualTo("Reviewer");
    }

    @Test
    void crash_ofSeveralSessions_keepsTheLabelsOfTheOneHeardOfLastAndAllCounters() throws SQLException {
        Peer older = world.member("alice")
                .groups(new GroupLabel("old", null))
                .connect()
                .peer();
        world.service.setStats(older, new PeerStats(5L, null, null, null, null));
        world.clock.passSeconds(10);
        Peer newer = world.member("alice").groups(ENG).connect().peer();
        world.service.setStats(newer, new PeerStats(3L, null, null, null, null));
        world.upkeep.mirror();

        HelloOutcome.Accepted next = restart().member("alice").connect();

        assertThat(next.peer().groups()).containsExactly(ENG);
        assertThat(next.answer().restoredStats().messagesIn()).isEqualTo(8);
    }

    @Test
    void crash_ofAOneShotCommand_leavesNothing() throws SQLException {
        world.member("alice").capable(Capability.NO_PUSH).connect();

        assertThat(restart().member("alice").connect().answer().restored()).isNull();
    }

    @Test
    void counters_savedByClosing_areNotCountedAgainAfterACrash() throws SQLException {
        Peer peer = world.member("alice").connect().peer();
        world.service.setStats(peer, new PeerStats(5L, null, null, null, null));
        world.upkeep.mirror();
        world.socketClosed(peer);

        assertThat(restart().member("alice").connect().answer().restoredStats().messagesIn())
                .isEqualTo(5);
    }

    @Test
    void deadNode_isSweptByAnother_andALiveOneIsNot() throws SQLException {
        Peer mine = world.member("alice").connect().peer();
        world.execute("INSERT INTO mesh.node VALUES ('dead', now(), now() - interval '10 minutes')");
        Peer lost = world.member("bob").groups(ENG).connect().peer();
        world.execute("UPDATE mesh.presence SET node_name = 'dead' WHERE id = '" + lost.presenceId() + "'");

        world.upkeep.keepRows();

        assertThat(isLive(mine)).isTrue();
        assertThat(isLive(lost)).isFalse();
        assertThat(world.query("SELECT groups ->> 0 FROM mesh.peer_state WHERE member_id = '" + world.id("bob") + "'"))
                .containsExactly("{\"name\": \"eng\"}");
    }

    @Test
    void rowsOfANodeThatNeverBeat_areSwept() throws SQLException {
        Peer lost = world.member("bob").connect().peer();
        world.execute("UPDATE mesh.presence SET node_name = 'unheard-of' WHERE id = '" + lost.presenceId() + "'");

        world.upkeep.keepRows();

        assertThat(isLive(lost)).isFalse();
    }

    @Test
    void nodeThatOnlySeemedDead_getsItsLivePeersBackButNotThoseThatLeft() throws SQLException {
        Peer stays = world.member("alice").connect().peer();
        Peer leaves = world.member("bob").connect().peer();
        world.execute("UPDATE mesh.presence SET disconnected_at = now(), swept = true WHERE mesh_id = '" + world.meshId
                + "'");
        world.socketClosed(leaves);

        world.upkeep.keepRows();

        assertThat(isLive(stays)).isTrue();
        assertThat(isLive(leaves)).isFalse();
    }

    @Test
    void pong_reachesTheRow() throws SQLException {
        Peer peer = world.member("alice").connect().peer();
        world.clock.passSeconds(42);
        peer.ponged(world.clock.instant());

        world.upkeep.keepRows();

        assertThat(world.query("SELECT last_ping_at = timestamptz '" + world.clock.instant()
                        + "' FROM mesh.presence WHERE id = '" + peer.presenceId() + "'"))
                .containsExactly("t");
    }

    @Test
    void rowWhoseEndWasNeverWritten_isEndedOnceNothingWasHeardOfItForLong() throws SQLException {
        Peer peer = world.member("alice").connect().peer();
        world.registry.remove(peer);
        world.upkeep.keepRows();
        assertThat(isLive(peer)).isTrue();
        world.clock.pass(Duration.ofMinutes(11));

        world.upkeep.keepRows();

        assertThat(isLive(peer)).isFalse();
    }

    @Test
    void retention_deletesOldRowsInBatchesAndKeepsTheRest() throws SQLException {
        Peer old = world.member("alice").connect().peer();
        world.socketClosed(old);
        world.execute("INSERT INTO mesh.presence (id, mesh_id, member_id, node_name, session_id, display_name,"
                + " connected_at, last_ping_at, disconnected_at) SELECT 'old-' || n, '" + world.meshId + "', '"
                + world.id("alice") + "', 'node-1', 's', 'x', now(), now(), timestamptz '2026-01-01' "
                + "FROM generate_series(1, 2500) n");
        world.clock.pass(Duration.ofDays(29));
        Peer recent = world.member("bob").connect().peer();
        world.socketClosed(recent);
        world.clock.pass(Duration.ofDays(2));

        world.upkeep.deleteOld();

        assertThat(world.query("SELECT id FROM mesh.presence WHERE mesh_id = '" + world.meshId + "'"))
                .containsExactly(recent.presenceId());
    }

    @Test
    void retention_deletesSessionKeysThatNobodyUsesAnyMore() throws SQLException {
        SigningKeyPair gone = SigningKeyPair.generate();
        SigningKeyPair inUse = SigningKeyPair.generate();
        world.departure.ended(world.member("alice").connectSession(gone).peer());
        world.member("bob").connectSession(inUse);
        world.clock.pass(Duration.ofDays(32));

        world.upkeep.deleteOld();

        assertThat(world.query("SELECT session_pubkey FROM mesh.session_key WHERE mesh_id = '" + world.meshId + "'"))
                .containsExactly(inUse.publicHex());
    }

    @Test
    void retention_deletesNodesNotHeardOfSince() throws SQLException {
        world.execute("INSERT INTO mesh.node VALUES ('ancient', now(), timestamptz '2020-01-01')");

        world.upkeep.deleteOld();

        assertThat(world.query("SELECT name FROM mesh.node"))
                .doesNotContain("ancient")
                .contains(PresenceWorld.NODE);
    }

    /** The server's memory is gone; the database is as it was. */
    private PresenceWorld restart() throws SQLException {
        world.store.endEarlierRun(world.clock.instant());
        for (Peer peer : world.registry.all()) {
            world.registry.remove(peer);
        }
        return world;
    }

    private boolean isLive(Peer peer) {
        return world.query("SELECT disconnected_at IS NULL FROM mesh.presence WHERE id = '" + peer.presenceId() + "'")
                .equals(java.util.List.of("t"));
    }
}
