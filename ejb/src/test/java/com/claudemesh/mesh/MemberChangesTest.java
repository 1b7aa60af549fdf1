package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditReader;
import com.claudemesh.audit.RecordedEvent;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemberChangesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ALICE_KEY = "aaaaaa" + "0".repeat(58);
    private static final String BOB_KEY = "bbbbbb" + "0".repeat(58);
    private static final String BEA_KEY = "bbbbbb" + "1".repeat(58);
    private static DataSource database;
    private static int meshes;

    private final MemberStore store = new MemberStore();
    private final MemberChanges changes =
            new MemberChanges(store, new AuditChainStore(), Clock.fixed(NOON, ZoneOffset.UTC), 3);
    private String mesh;
    private Actor alice;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void newMesh() throws SQLException {
        mesh = "mesh-" + ++meshes;
        insert(
                "INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)"
                        + " VALUES (?, 'Mesh', ?, repeat('0', 64), '', '', now())",
                mesh,
                mesh);
        alice = new Actor(join("alice", ALICE_KEY), "alice");
        join("bob", BOB_KEY);
        join("bea", BEA_KEY);
    }

    @Test
    void ban_byKeyNameOrPrefix_shutsThatMemberOut() throws Exception {
        assertThat(ban(alice, BOB_KEY)).isEqualTo(new BanOutcome.Done(mesh + "bob", BOB_KEY, "bob"));
        assertThat(ban(alice, "bea")).isEqualTo(new BanOutcome.Done(mesh + "bea", BEA_KEY, "bea"));

        assertThat(active()).containsExactly(mesh + "alice");
        assertThat(bans())
                .extracting(BannedMember::displayName, BannedMember::publicKey, BannedMember::revokedAt)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("bob", BOB_KEY, NOON),
                        org.assertj.core.groups.Tuple.tuple("bea", BEA_KEY, NOON));
    }

    @Test
    void ban_prefixOfTwoMembers_isAmbiguousAndBansNobody() throws Exception {
        assertThat(ban(alice, "bbbbbb")).isEqualTo(new BanOutcome.Ambiguous(2));
        assertThat(ban(alice, "bbbbbb1")).isInstanceOf(BanOutcome.Done.class);

        assertThat(bans()).hasSize(1);
    }

    @Test
    void ban_nameOfTwoMembers_isAmbiguous() throws Exception {
        join("bob", "cc".repeat(32));

        assertThat(ban(alice, "bob")).isEqualTo(new BanOutcome.Ambiguous(2));
    }

    @Test
    void ban_oneself_isRefused() throws Exception {
        assertThat(ban(alice, "alice")).isEqualTo(new BanOutcome.Oneself());
        assertThat(ban(alice, ALICE_KEY)).isEqualTo(new BanOutcome.Oneself());

        assertThat(bans()).isEmpty();
    }

    @Test
    void ban_strangerOrMemberOfAnotherMeshOrBannedOne_isNotFound() throws Exception {
        insert(
                "INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)"
                        + " VALUES (?, 'Mesh', ?, repeat('0', 64), '', '', now())",
                mesh + "-other",
                mesh + "-other");
        insert(
                "INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)"
                        + " VALUES (?, ?, ?, 'eve', 'member', now())",
                mesh + "eve",
                mesh + "-other",
                "ee".repeat(32));
        ban(alice, "bob");

        assertThat(ban(alice, "eve")).isEqualTo(new BanOutcome.NotFound());
        assertThat(ban(alice, "nobody")).isEqualTo(new BanOutcome.NotFound());
        assertThat(ban(alice, "bob")).isEqualTo(new BanOutcome.NotFound());
    }

    @Test
    void ban_byAnActorWhoIsBannedMeanwhile_isForbidden() throws Exception {
        ban(new Actor(mesh + "bob", "bob"), "alice");

        assertThat(ban(alice, "bob")).isEqualTo(new BanOutcome.Forbidden());
    }

    @Test
    void ban_twoAdministratorsEachOtherAtOnce_leavesOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 20; round++) {
            newMesh();
            Actor bob = new Actor(mesh + "bob", "bob");
            CyclicBarrier start = new CyclicBarrier(2);
            Future<BanOutcome> first = threads.submit(() -> {
                start.await();
                return ban(alice, "bob");
            });
            Future<BanOutcome> second = threads.submit(() -> {
                start.await();
                return ban(bob, "alice");
            });

            assertThat(List.of(first.get(), second.get()))
                    .filteredOn(BanOutcome.Done.class::isInstance)
                    .hasSize(1);
            assertThat(bans()).hasSize(1);
        }
        threads.shutdown();
    }

    @Test
    void ban_done_isInTheRecord() throws Exception {
        ban(alice, "bob");
        unban(alice, "bob");

        List<RecordedEvent> events = events();
        assertThat(events).extracting(RecordedEvent::eventType).containsExactly("member_unbanned", "member_banned");
        assertThat(events.get(1).actorMemberId()).isEqualTo(alice.memberId());
        assertThat(events.get(1).payload().toString())
                .isEqualTo("{\"target\":\"bob\",\"targetPubkey\":\"" + BOB_KEY + "\"}");
    }

    @Test
    void unban_byNameOrKey_letsTheMemberInAgain() throws Exception {
        ban(alice, "bob");
        ban(alice, "bea");

        assertThat(unban(alice, "bob")).isInstanceOf(BanOutcome.Done.class);
        assertThat(unban(alice, BEA_KEY)).isInstanceOf(BanOutcome.Done.class);

        assertThat(active()).containsExactly(mesh + "alice", mesh + "bea", mesh + "bob");
    }

    @Test
    void unban_memberThatIsNotBanned_isNotFound() throws Exception {
        assertThat(unban(alice, "bob")).isEqualTo(new BanOutcome.NotFound());

        assertThat(events()).isEmpty();
    }

    @Test
    void changeGrants_entries_areMergedAndKept() throws Exception {
        grant(Map.of(BOB_KEY, List.of(Grant.DM), BEA_KEY, List.of()));

        GrantsOutcome outcome = grant(Collections.singletonMap(BOB_KEY, null));

        Grants expected = Grants.of(Map.of(BEA_KEY, List.of()));
        assertThat(outcome).isEqualTo(new GrantsOutcome.Changed(expected));
        assertThat(stored()).isEqualTo(expected);
    }

    @Test
    void changeGrants_realChange_isInTheRecordOnce() throws Exception {
        grant(Map.of(BOB_KEY, List.of()));
        grant(Map.of(BOB_KEY, List.of()));

        assertThat(events()).hasSize(1);
        assertThat(events().get(0).eventType()).isEqualTo("grants_changed");
        assertThat(events().get(0).payload().path("changed").toString())
                .isEqualTo("[{\"grants\":[],\"pubkey\":\"" + BOB_KEY + "\"}]");
    }

    @Test
    void changeGrants_moreEntriesThanAllowed_changesNothing() throws Exception {
        grant(entries(3));

        assertThat(grant(Map.of(BOB_KEY, List.of()))).isEqualTo(new GrantsOutcome.TooMany(3));
        assertThat(grant(entries(2))).isInstanceOf(GrantsOutcome.Changed.class);
        assertThat(stored().size()).isEqualTo(3);
    }

    @Test
    void changeGrants_bannedOrForeignMember_isRefused() throws Exception {
        ban(alice, "bob");

        assertThat(grant(mesh, mesh + "bob", Map.of())).isEqualTo(new GrantsOutcome.NotAMember());
        assertThat(grant("elsewhere", alice.memberId(), Map.of())).isEqualTo(new GrantsOutcome.NotAMember());
    }

    private static Map<String, List<Grant>> entries(int count) {
        Map<String, List<Grant>> entries = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> entries.put(String.format("%064x", i), List.of(Grant.READ)));
        return entries;
    }

    private String join(String name, String key) throws SQLException {
        String id = mesh + name + (key.startsWith("cc") ? "2" : "");
        insert(
                "INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)"
                        + " VALUES (?, ?, ?, ?, 'admin', now())",
                id,
                mesh,
                key,
                name);
        return id;
    }

    private BanOutcome ban(Actor actor, String target) throws SQLException {
        return inTransaction(connection -> changes.ban(connection, mesh, actor, target));
    }

    private BanOutcome unban(Actor actor, String target) throws SQLException {
        return inTransaction(connection -> changes.unban(connection, mesh, actor, target));
    }

    private GrantsOutcome grant(Map<String, List<Grant>> changed) throws SQLException {
        return grant(mesh, alice.memberId(), changed);
    }

    private GrantsOutcome grant(String meshId, String memberId, Map<String, List<Grant>> changed) throws SQLException {
        return inTransaction(connection -> changes.changeGrants(connection, meshId, memberId, alice, changed));
    }

    private Grants stored() throws SQLException {
        return inTransaction(connection -> store.lockGrants(connection, mesh, alice.memberId()))
                .orElseThrow();
    }

    private List<BannedMember> bans() throws SQLException {
        return inTransaction(connection -> store.bans(connection, mesh));
    }

    private List<String> active() throws SQLException {
        return inTransaction(connection -> store.active(connection, mesh)).stream()
                .map(MemberStore.Candidate::memberId)
                .sorted()
                .toList();
    }

    private List<RecordedEvent> events() throws SQLException {
        return new AuditReader(database).query(mesh, 100, 0, null).events();
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private static <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            T result = work.with(connection);
            connection.commit();
            return result;
        }
    }

    private static void insert(String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
