package com.claudemesh.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.mesh.TestMeshes;
import com.claudemesh.protocol.id.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections, envelopes and events of one mesh, from rows as presence and messaging leave them. */
class ActivityInspectionTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final TestMeshes world = new TestMeshes();
    private final SessionInspection sessions = new SessionInspection(world.transactions);
    private final EnvelopeInspection envelopes = new EnvelopeInspection(world.transactions);
    private final AuditInspection events = new AuditInspection(world.transactions);

    private MeshView mesh;
    private String alice;
    private String bob;
    private String carol;

    @BeforeEach
    void populate() {
        mesh = world.meshOf(world.account());
        alice = world.join(mesh, "Alice", Role.ADMIN, null);
        bob = world.join(mesh, "Bob", Role.MEMBER, null);
        carol = world.join(mesh, "Carol", Role.MEMBER, null);
    }

    private String connected(String member, Instant from, Instant lastPing, Instant until, boolean visible) {
        String id = Ids.next();
        world.execute("""
                INSERT INTO mesh.presence (id, mesh_id, member_id, node_name, session_id, display_name, connected_at,
                    last_ping_at, disconnected_at, visible)
                VALUES (?, ?, ?, 'n', 's', 'P', ?, ?, ?::timestamptz, ?)""", id, mesh.meshId(), member, from, lastPing, until == null ? null : until.toString(), visible);
        return id;
    }

    private String sent(String sender, String target) {
        String id = Ids.next();
        world.execute("""
                INSERT INTO mesh.message (id, mesh_id, sender_member_id, sender_member_pubkey, sender_presence_id,
                    sender_name, target_spec, priority, nonce, ciphertext, created_at, expires_at)
                VALUES (?, ?, ?, 'k', 'p', 'S', ?, 'next', '', 'secret', ?, ?)""", id, mesh.meshId(), sender, target, NOON, NOON.plusSeconds(60));
        return id;
    }

    private void copy(String messageId, String member, String state, Instant settledAt) {
        world.execute("""
                INSERT INTO mesh.delivery (message_seq, member_id, priority, state, failure, settled_at)
                SELECT seq, ?, 'next', ?, CASE WHEN ? = 'failed' THEN 'blocked' END, ?::timestamptz
                FROM mesh.message WHERE id = ?""", member, state, state, settledAt == null ? null : settledAt.toString(), messageId);
    }

    private List<String> messagesOf(String... members) {
        return envelopes.newestConcerning(mesh.meshId(), List.of(members), 50).stream()
                .map(EnvelopeInspection.Row::messageId)
                .toList();
    }

    private Instant deliveredAt(String messageId) {
        return envelopes.newestOf(mesh.meshId(), 50).stream()
                .filter(row -> row.messageId().equals(messageId))
                .findFirst()
                .orElseThrow()
                .deliveredAt();
    }

    @Test
    void lastSeen_isTheLatestOfLiveEndedAndRememberedOnes() {
        connected(alice, NOON.minusSeconds(60), NOON, null, true);
        connected(alice, NOON.minusSeconds(10), NOON.minusSeconds(9), NOON.minusSeconds(5), true);
        connected(bob, NOON.minusSeconds(60), NOON.minusSeconds(50), NOON.minusSeconds(40), true);
        world.execute("""
                INSERT INTO mesh.peer_state (mesh_id, member_id, last_seen_at) VALUES (?, ?, ?)""", mesh.meshId(), bob, NOON.minusSeconds(30));

        assertThat(sessions.lastSeen(mesh.meshId()))
                .containsEntry(alice, NOON)
                .containsEntry(bob, NOON.minusSeconds(30))
                .doesNotContainKey(carol);
    }

    @Test
    void newestShownTo_member_leavesOthersHiddenConnectionsOut() {
        String shown = connected(alice, NOON, NOON, null, true);
        String hidden = connected(alice, NOON.plusSeconds(1), NOON, null, false);
        String own = connected(bob, NOON.plusSeconds(2), NOON, null, false);

        assertThat(sessions.newestShownTo(mesh.meshId(), List.of(bob), 20))
                .extracting(SessionInspection.Row::presenceId)
                .containsExactly(own, shown);
        assertThat(sessions.newestOf(mesh.meshId(), 2))
                .extracting(SessionInspection.Row::presenceId)
                .containsExactly(own, hidden);
    }

    @Test
    void newestOf_liveOnes_comeBeforeThoseThatEndedLast() {
        String live = connected(alice, NOON.minusSeconds(600), NOON, null, true);
        String earlier = connected(bob, NOON.minusSeconds(60), NOON, NOON.minusSeconds(30), true);
        String later = connected(bob, NOON.minusSeconds(90), NOON, NOON.minusSeconds(10), true);

        assertThat(sessions.newestOf(mesh.meshId(), 20))
                .extracting(SessionInspection.Row::presenceId)
                .containsExactly(live, later, earlier);
    }

    @Test
    void sessions_active_areThoseThatDidNotEnd() {
        String live = connected(alice, NOON, NOON, null, true);
        String ended = connected(alice, NOON, NOON, NOON, true);
        PageRequest mine = new PageRequest(mesh.slug(), List.of(), 10, 0);

        assertThat(sessions.sessions(true, null, mine).rows())
                .extracting(SessionInspection.Row::presenceId)
                .containsExactly(live);
        assertThat(sessions.sessions(false, null, mine).rows())
                .extracting(SessionInspection.Row::presenceId)
                .containsExactly(ended);
        assertThat(sessions.sessions(null, Set.of(live), mine).total()).isEqualTo(1);
        assertThat(sessions.sessions(null, Set.of(), mine).total()).isZero();
    }

    @Test
    void newestConcerning_member_leavesOthersMessagesOut() {
        String direct = sent(alice, "k");
        copy(direct, bob, "stored", null);
        String broadcast = sent(alice, "*");
        world.execute("""
                INSERT INTO mesh.fanout (message_seq, claimed_by, claim_expires_at, member_ids, states, changed_at)
                SELECT seq, 'n', now(), ?, '\\x0000', now() FROM mesh.message WHERE id = ?""", new String[] {bob, carol}, broadcast);

        assertThat(messagesOf(bob)).containsExactly(broadcast, direct);
        assertThat(messagesOf(carol)).containsExactly(broadcast);
        assertThat(messagesOf(alice)).containsExactly(broadcast, direct);
        assertThat(messagesOf()).isEmpty();
        assertThat(envelopes.newestOf(mesh.meshId(), 1)).singleElement().satisfies(row -> {
            assertThat(row.sizeBytes()).isEqualTo(6);
            assertThat(row.toString()).doesNotContain("secret");
        });
    }

    @Test
    void deliveredAt_isWhenTheLastCopyArrived() {
        String arrived = sent(alice, "@all");
        copy(arrived, bob, "received", NOON.plusSeconds(1));
        copy(arrived, carol, "received", NOON.plusSeconds(2));
        String open = sent(alice, "@all");
        copy(open, bob, "received", NOON.plusSeconds(1));
        copy(open, carol, "stored", null);
        String failed = sent(alice, "k");
        copy(failed, bob, "failed", NOON.plusSeconds(1));

        assertThat(deliveredAt(arrived)).isEqualTo(NOON.plusSeconds(2));
        assertThat(deliveredAt(open)).isNull();
        assertThat(deliveredAt(failed)).isNull();
        assertThat(deliveredAt(sent(alice, "nobody"))).isNull();
    }

    @Test
    void events_ofAMesh_areFoundByTypeAndMesh() {
        PageRequest all = PageRequest.first(100);

        assertThat(events.events(new AuditInspection.Filter(Set.of(), Set.of(mesh.meshId()), null), all)
                        .rows())
                .extracting(AuditInspection.Row::eventType)
                .contains("mesh_created");
        assertThat(events.events(new AuditInspection.Filter(Set.of("nothing"), Set.of(mesh.meshId()), null), all)
                        .total())
                .isZero();
        assertThat(events.newestOf(mesh.meshId(), 1)).singleElement().satisfies(row -> {
            assertThat(row.meshSlug()).isEqualTo(mesh.slug());
            assertThat(row.place()).isPositive();
        });
    }

    @Test
    void newestOwnedBy_account_showsEventsOfItsMeshesOnly() {
        String owner = world.account();
        MeshView own = world.meshOf(owner);

        assertThat(events.newestOwnedBy(owner, 100))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.meshId()).isEqualTo(own.meshId()));
    }
}
