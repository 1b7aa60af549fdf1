package com.claudemesh.presence;

import static com.claudemesh.presence.TestPeers.ADDRESS;
import static com.claudemesh.presence.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusEngineTest {
    private final MovingClock clock = new MovingClock();
    private final PeerRegistry registry = new PeerRegistry();
    private final PresenceObservers observers = new PresenceObservers();
    private final List<String> opened = new ArrayList<>();
    private final StatusEngine engine = new StatusEngine(
            registry,
            observers,
            clock,
            new StatusEngine.Times(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(10)));

    @Test
    void set_toIdleAndBack_opensAndClosesTheGateAndTellsTheObservers() {
        observe();
        Peer peer = peer().addedTo(registry);

        engine.set(peer, Status.WORKING);
        assertThat(peer.accepts(Priority.NEXT)).isFalse();
        assertThat(peer.accepts(Priority.LOW)).isFalse();
        assertThat(peer.accepts(Priority.NOW)).isTrue();

        engine.set(peer, Status.IDLE);
        assertThat(peer.accepts(Priority.LOW)).isTrue();
        assertThat(opened).containsExactly(peer.presenceId() + " WORKING", peer.presenceId() + " IDLE");
    }

    @Test
    void set_fromOneBusyStatusToAnother_tellsNobody() {
        Peer peer = peer().addedTo(registry);
        engine.set(peer, Status.WORKING);
        observe();

        engine.set(peer, Status.DND);

        assertThat(opened).isEmpty();
    }

    @Test
    void observer_thatFails_keepsNoOtherFromBeingTold() {
        observers.add(peer -> {
            throw new IllegalStateException("on purpose");
        });
        observe();
        Peer peer = peer().addedTo(registry);

        engine.set(peer, Status.WORKING);

        assertThat(opened).hasSize(1);
    }

    @Test
    void oneShotCommand_neverAcceptsAnything() {
        assertThat(peer().oneShot().addedTo(registry).accepts(Priority.NOW)).isFalse();
    }

    @Test
    void hook_namingASession_meansThatSessionWhereverItRuns() {
        Peer named = peer().session("claude-1").cwd("/elsewhere").addedTo(registry);
        peer().pid(7).cwd("/project").addedTo(registry);

        assertThat(hook(new HookReport(ADDRESS, 7, "/project", "claude-1", Status.WORKING)))
                .isEqualTo(new HookOutcome.Applied(named.presenceId()));
        assertThat(named.status()).isEqualTo(Status.WORKING);
    }

    @Test
    void hook_prefersTheProcessToTheFolder() {
        Peer wanted = peer().pid(7).addedTo(registry);
        Peer newer = peer().pid(8).connectedAt(clock.instant()).addedTo(registry);

        hook(report(7, "/project", Status.WORKING));

        assertThat(wanted.status()).isEqualTo(Status.WORKING);
        assertThat(newer.status()).isEqualTo(Status.IDLE);
    }

    @Test
    void hook_ofAnUnknownProcess_meansTheNewestPeerOfTheFolder() {
        Peer older = peer().pid(7).addedTo(registry);
        Peer newest = peer().pid(8).connectedAt(clock.instant()).addedTo(registry);

        hook(report(99, "/project", Status.WORKING));

        assertThat(newest.status()).isEqualTo(Status.WORKING);
        assertThat(older.status()).isEqualTo(Status.IDLE);
    }

    @Test
    void hook_reachesTheSameClientInItsOtherMeshes() {
        Peer one = peer().inMesh("m1").session("s").pid(7).addedTo(registry);
        Peer two = peer().inMesh("m2").session("s").pid(7).addedTo(registry);

        hook(report(7, "/project", Status.WORKING));

        assertThat(one.status()).isEqualTo(Status.WORKING);
        assertThat(two.status()).isEqualTo(Status.WORKING);
    }

    @Test
    void hook_fromAnotherAddress_reachesNobody() {
        Peer peer = peer().session("claude-1").pid(7).from("192.0.2.99").addedTo(registry);
        Peer unknown = peer().session("claude-1").pid(7).from("").addedTo(registry);

        assertThat(hook(new HookReport(ADDRESS, 7, "/project", "claude-1", Status.DND)))
                .isInstanceOf(HookOutcome.Pending.class);
        assertThat(engine.hook(new HookReport("", 7, "/project", "claude-1", Status.DND)))
                .isInstanceOf(HookOutcome.Pending.class);
        assertThat(peer.status()).isEqualTo(Status.IDLE);
        assertThat(unknown.status()).isEqualTo(Status.IDLE);
    }

    @Test
    void hook_isNeverAppliedToAOneShotCommand() {
        peer().pid(7).oneShot().addedTo(registry);

        assertThat(hook(report(7, "/project", Status.WORKING))).isInstanceOf(HookOutcome.Pending.class);
    }

    @Test
    void hook_onDnd_changesNothingAndStillNamesThePeer() {
        Peer peer = peer().pid(7).addedTo(registry);
        engine.set(peer, Status.DND);

        assertThat(hook(report(7, "/project", Status.IDLE))).isEqualTo(new HookOutcome.Applied(peer.presenceId()));
        assertThat(peer.status()).isEqualTo(Status.DND);
    }

    @Test
    void connected_withAReportWaiting_takesTheNewestAndUsesItUp() {
        hook(report(7, "/project", Status.DND));
        clock.passSeconds(1);
        hook(report(7, "/project", Status.WORKING));

        assertThat(connect(7, "/project").statusReport())
                .isEqualTo(new PeerStatus(Status.WORKING, StatusSource.HOOK, clock.instant()));
        assertThat(connect(7, "/project").status()).isEqualTo(Status.IDLE);
    }

    @Test
    void connected_tenSecondsLater_stillTakesTheReportAndElevenSecondsLaterNot() {
        hook(report(7, "/project", Status.WORKING));
        hook(report(8, "/project", Status.WORKING));
        clock.passSeconds(10);
        assertThat(connect(7, "/project").status()).isEqualTo(Status.WORKING);
        clock.passSeconds(1);
        assertThat(connect(8, "/project").status()).isEqualTo(Status.IDLE);
    }

    @Test
    void connected_ofAnotherProcessFolderOrAddress_takesNothing() {
        hook(report(7, "/project", Status.WORKING));

        assertThat(connect(8, "/project").status()).isEqualTo(Status.IDLE);
        assertThat(connect(7, "/other").status()).isEqualTo(Status.IDLE);
        Peer elsewhere = peer().pid(7).from("192.0.2.99").addedTo(registry);
        engine.connected(elsewhere);
        assertThat(elsewhere.status()).isEqualTo(Status.IDLE);
    }

    @Test
    void connected_aLaterReportCameFirst_keepsTheLaterOne() {
        hook(report(7, "/project", Status.WORKING));
        Peer peer = peer().pid(7).cwd("/project").addedTo(registry);
        hook(report(7, "/project", Status.IDLE));

        engine.connected(peer);

        assertThat(peer.status()).isEqualTo(Status.IDLE);
    }

    @Test
    void sweep_staleWork_becomesIdleAndOpensTheGate() {
        Peer peer = peer().addedTo(registry);
        engine.set(peer, Status.WORKING);
        observe();
        clock.passSeconds(60);
        engine.sweep();
        assertThat(peer.status()).isEqualTo(Status.WORKING);

        clock.passSeconds(1);
        engine.sweep();

        assertThat(opened).containsExactly(peer.presenceId() + " IDLE");
    }

    private void observe() {
        observers.add(peer -> opened.add(peer.presenceId() + " " + peer.status()));
    }

    private HookOutcome hook(HookReport report) {
        return engine.hook(report);
    }

    private static HookReport report(long pid, String cwd, Status status) {
        return new HookReport(ADDRESS, pid, cwd, null, status);
    }

    private Peer connect(long pid, String cwd) {
        Peer peer = peer().pid(pid).cwd(cwd).build();
        engine.connected(peer);
        return peer;
    }
}
