package com.claudemesh.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.presence.ClientInfo;
import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.presence.PeerIdentity;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.error.CloseCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Wire protocol §2.24. */
class ModerationTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final PeerRegistry registry = new PeerRegistry();
    private final List<String> log = new ArrayList<>();
    private final List<AuditEvent> recorded = new ArrayList<>();
    private final PeerCloser closer =
            new LocalPeerCloser(registry, peer -> log.add("mailbox " + name(peer)), this::endPresence);
    private final Moderation moderation =
            new Moderation(registry, closer, recorded::addAll, Clock.fixed(NOON, ZoneOffset.UTC));
    private final Peer admin = connect("admin", "a", null);

    @Test
    void kick_named_closesEachConnectionOfThatMemberFor4001() {
        connect("bob", "b", null);
        connect("bob", "b", null);
        connect("carol", "c", null);

        assertThat(moderation.kick(admin, new Selection.Named("bob"))).isEqualTo(removed("bob", "bob"));

        assertThat(log)
                .containsExactly(
                        "close bob 4001 kicked",
                        "close bob 4001 kicked",
                        "mailbox bob",
                        "ended bob",
                        "mailbox bob",
                        "ended bob");
        assertThat(registry.peersOf("mesh")).hasSize(2);
    }

    @Test
    void kick_memberKeySessionKeyOrPrefix_findsTheConnection() {
        connect("bob", "b", "5".repeat(64));
        assertThat(moderation.kick(admin, new Selection.Named("b".repeat(64)))).isEqualTo(removed("bob"));

        connect("bob", "b", "5".repeat(64));
        assertThat(moderation.kick(admin, new Selection.Named("5".repeat(64)))).isEqualTo(removed("bob"));

        connect("bob", "b", null);
        assertThat(moderation.kick(admin, new Selection.Named("bbbbbb"))).isEqualTo(removed("bob"));
    }

    @Test
    void kick_nobodyFits_answersEmptyAndRecordsNothing() {
        connect("bob", "b", null);

        assertThat(moderation.kick(admin, new Selection.Named("bbbbb"))).isEqualTo(removed());

        assertThat(recorded).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void kick_nameOfTwoMembers_closesNobody() {
        connect("bob", "b", null);
        connect("bob", "d", null);

        assertThat(moderation.kick(admin, new Selection.Named("bob"))).isEqualTo(new RemovalOutcome.Ambiguous(2));

        assertThat(log).isEmpty();
    }

    @Test
    void kick_everybody_sparesTheAskingConnectionButNotItsSiblings() {
        connect("admin", "a", null);
        connect("bob", "b", null);

        assertThat(moderation.kick(admin, new Selection.Everybody())).isEqualTo(removed("admin", "bob"));

        assertThat(registry.peersOf("mesh")).containsExactly(admin);
    }

    @Test
    void kick_everybody_closesAllSocketsBeforeAnybodyIsToldOfTheOthers() {
        connect("bob", "b", null);
        connect("carol", "c", null);

        moderation.kick(admin, new Selection.Everybody());

        assertThat(log.subList(0, 2)).allMatch(line -> line.startsWith("close"));
    }

    @Test
    void kick_daemon_isSkippedAndNamed() {
        connect("bob", "b", null);
        Peer daemon = connect("laptop", "c", null, "claudemesh-daemon");

        assertThat(moderation.kick(admin, new Selection.Everybody()))
                .isEqualTo(new RemovalOutcome.Removed(List.of("bob"), List.of("laptop")));

        assertThat(registry.peersOf("mesh")).containsExactly(admin, daemon);
    }

    @Test
    void disconnect_daemon_isClosedToo() {
        connect("laptop", "c", null, "claudemesh-daemon");

        assertThat(moderation.disconnect(admin, new Selection.Named("laptop"))).isEqualTo(removed("laptop"));

        assertThat(log).contains("close laptop 1000 disconnected");
    }

    @Test
    void kick_stale_closesThoseSilentForLonger() {
        Peer fresh = connect("fresh", "b", null);
        Peer stale = connect("stale", "c", null);
        fresh.ponged(NOON.minusMillis(60_000));
        stale.ponged(NOON.minusMillis(60_001));
        admin.ponged(NOON.minusMillis(999_999));

        assertThat(moderation.kick(admin, new Selection.Silent(60_000))).isEqualTo(removed("stale"));
        assertThat(log).contains("close stale 4001 kicked_stale");

        assertThat(moderation.disconnect(admin, new Selection.Silent(59_999))).isEqualTo(removed("fresh"));
        assertThat(log).contains("close fresh 1000 disconnected_stale");
    }

    @Test
    void kick_peerOfAnotherMesh_isOutOfReach() {
        Peer elsewhere = peer("other", "bob", "b", null, "cli");
        registry.add(elsewhere, 10);

        assertThat(moderation.kick(admin, new Selection.Everybody())).isEqualTo(removed());
        assertThat(moderation.kick(admin, new Selection.Named("b".repeat(64)))).isEqualTo(removed());

        assertThat(registry.peersOf("other")).containsExactly(elsewhere);
    }

    @Test
    void kick_done_isRecordedByTheActorForEachConnection() {
        connect("bob", "b", null);

        moderation.kick(admin, new Selection.Named("bob"));
        connect("bob", "b", null);
        moderation.disconnect(admin, new Selection.Named("bob"));

        assertThat(recorded).extracting(AuditEvent::eventType).containsExactly("member_kicked", "member_disconnected");
        assertThat(recorded.get(0).actorMemberId()).isEqualTo("member-a");
        assertThat(recorded.get(0).payload().path("target").asText()).isEqualTo("bob");
        assertThat(recorded.get(0).payload().path("targetPubkey").asText()).isEqualTo("b".repeat(64));
    }

    @Test
    void kick_cannotBeRecorded_closesNobody() {
        connect("bob", "b", null);
        Moderation unrecorded = new Moderation(
                registry,
                closer,
                events -> {
                    throw new IllegalStateException("no database");
                },
                Clock.systemUTC());

        assertThatThrownBy(() -> unrecorded.kick(admin, new Selection.Named("bob")))
                .hasMessage("no database");

        assertThat(log).isEmpty();
    }

    @Test
    void shutOut_member_tellsEachConnectionWhyAndClosesItFor4002() {
        connect("bob", "b", null);
        connect("bob-laptop", "b", null, "claudemesh-daemon");

        moderation.shutOut("mesh", "member-b", "go away");

        String farewell = " {\"type\":\"error\",\"code\":\"revoked\",\"message\":\"go away\"}";
        assertThat(log)
                .contains(
                        "frame bob" + farewell,
                        "close bob 4002 banned",
                        "frame bob-laptop" + farewell,
                        "close bob-laptop 4002 banned");
        assertThat(registry.peersOf("mesh")).containsExactly(admin);
    }

    @Test
    void close_twice_doesItOnce() {
        Peer bob = connect("bob", "b", null);
        CloseCommand command = new CloseCommand.OfPeers("mesh", List.of(bob.presenceId()), CloseCode.KICKED, "kicked");

        closer.close(command);
        closer.close(command);

        assertThat(log).containsExactly("close bob 4001 kicked", "mailbox bob", "ended bob");
    }

    private static RemovalOutcome removed(String... names) {
        return new RemovalOutcome.Removed(List.of(names), List.of());
    }

    private void endPresence(Peer peer) {
        if (registry.remove(peer)) {
            log.add("ended " + name(peer));
        }
    }

    private static String name(Peer peer) {
        return peer.identity().displayName();
    }

    private Peer connect(String name, String keyDigit, String sessionKey) {
        return connect(name, keyDigit, sessionKey, "cli");
    }

    private Peer connect(String name, String keyDigit, String sessionKey, String channel) {
        Peer peer = peer("mesh", name, keyDigit, sessionKey, channel);
        registry.add(peer, 100);
        return peer;
    }

    private int connections;

    private Peer peer(String mesh, String name, String keyDigit, String sessionKey, String channel) {
        String id = "presence-" + ++connections;
        PeerIdentity identity =
                new PeerIdentity(mesh, "member-" + keyDigit, keyDigit.repeat(64), sessionKey, false, name);
        ClientInfo client = new ClientInfo(id, 1, "/", null, null, channel, null, Set.of());
        return new Peer(id, identity, client, List.of(), NOON.plusMillis(connections), new LoggingChannel(name));
    }

    private final class LoggingChannel implements PeerChannel {
        private final String name;

        LoggingChannel(String name) {
            this.name = name;
        }

        @Override
        public void offer(Outbound frame) {
            log.add("frame " + name + " " + frame.text());
        }

        @Override
        public long queuedChars() {
            return 0;
        }

        @Override
        public boolean congested() {
            return false;
        }

        @Override
        public void whenUncongested(Runnable action) {
            action.run();
        }

        @Override
        public void close(CloseCode code, String reason) {
            log.add("close " + name + " " + code.code() + " " + reason);
        }

        @Override
        public void abort(CloseCode code, String reason) {
            close(code, reason);
        }
    }
}
