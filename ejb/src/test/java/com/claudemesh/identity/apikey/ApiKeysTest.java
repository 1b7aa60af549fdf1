package com.claudemesh.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.testing.AtOnce;
import com.claudemesh.testing.SettableClock;
import com.claudemesh.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final Transactions TRANSACTIONS = new Transactions(TestDatabase.fresh());
    private static final String KEY = "ab".repeat(32);
    private static int meshes;

    private final SettableClock clock = new SettableClock();
    private final MeshDirectory directory = new MeshDirectory(this::snapshot, clock);
    private final ApiKeys keys = new ApiKeys(
            TRANSACTIONS,
            new AuditChainStore(),
            directory,
            new Topics(),
            clock,
            new RateLimiter(3, 60, () -> clock.millis() * 1_000_000),
            4,
            new MemberKeyRule(Duration.ofMinutes(60), 2));
    private String mesh;
    private String other;
    private Actor alice;
    private boolean archived;
    private boolean banned;

    @BeforeEach
    void newMeshes() {
        mesh = "mesh" + ++meshes;
        other = "mesh" + ++meshes;
        insert(mesh);
        insert(other);
        alice = new Actor("alice-" + mesh, "alice");
    }

    @Test
    void authenticate_newKey_grantsWhatItWasMadeFor() {
        String secret = create(List.of("general")).secret();

        assertThat(keys.authenticate(secret)).isInstanceOfSatisfying(ApiKeyVerdict.Granted.class, it -> {
            assertThat(it.grant().meshId()).isEqualTo(mesh);
            assertThat(it.grant().issuerMemberId()).isEqualTo(alice.memberId());
            assertThat(it.grant().allows(ApiKeyCapability.READ)).isTrue();
            assertThat(it.grant().allows(ApiKeyCapability.SEND)).isFalse();
            assertThat(it.grant().coversTopic(id("general"))).isTrue();
            assertThat(it.grant().coversTopic(id("a"))).isFalse();
        });
    }

    @Test
    void allows_adminKey_includesEverything() {
        ApiKeyGrant grant = new ApiKeyGrant("k", mesh, "m", Set.of(ApiKeyCapability.ADMIN), null);

        assertThat(ApiKeyCapability.values()).allMatch(grant::allows);
        assertThat(grant.coversTopic("anything")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cm_", "cm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cm_pat_X", "' OR true --"})
    void authenticate_anythingElse_isInvalid(String presented) {
        create(null);

        assertThat(keys.authenticate(presented)).isEqualTo(new ApiKeyVerdict.Invalid());
    }

    @Test
    void authenticate_rightPrefixAndWrongRest_isInvalid() {
        String secret = create(null).secret();

        assertThat(keys.authenticate(secret.substring(0, 45) + (secret.endsWith("A") ? "B" : "A")))
                .isEqualTo(new ApiKeyVerdict.Invalid());
    }

    @Test
    void authenticate_afterItsExpiry_isInvalid() {
        ApiKeyCreate wish = new ApiKeyCreate(
                "short",
                List.of(ApiKeyCapability.READ),
                null,
                clock.instant().plusSeconds(60).toString());
        String secret = ((ApiKeyOutcome.Created) keys.create(mesh, alice, wish)).secret();
        assertThat(keys.authenticate(secret)).isInstanceOf(ApiKeyVerdict.Granted.class);

        clock.advance(Duration.ofSeconds(60));

        assertThat(keys.authenticate(secret)).isEqualTo(new ApiKeyVerdict.Invalid());
    }

    @Test
    void create_expiryInThePast_isRefused() {
        ApiKeyCreate wish = new ApiKeyCreate("late", List.of(ApiKeyCapability.READ), null, "2020-01-01T00:00:00.000Z");

        assertThat(keys.create(mesh, alice, wish)).isEqualTo(new ApiKeyOutcome.AlreadyExpired());
    }

    @Test
    void authenticate_archivedMesh_isInvalid() {
        String secret = create(null).secret();

        archived = true;
        directory.changed(mesh);

        assertThat(keys.authenticate(secret)).isEqualTo(new ApiKeyVerdict.Invalid());
    }

    @Test
    void authenticate_bannedIssuer_isInvalid() {
        String secret = create(null).secret();

        banned = true;
        directory.changed(mesh);

        assertThat(keys.authenticate(secret)).isEqualTo(new ApiKeyVerdict.Invalid());
    }

    @Test
    void authenticate_moreThanTheRate_saysHowLongToWait() {
        String secret = create(null).secret();
        for (int i = 0; i < 3; i++) {
            assertThat(keys.authenticate(secret)).isInstanceOf(ApiKeyVerdict.Granted.class);
        }

        assertThat(keys.authenticate(secret)).isEqualTo(new ApiKeyVerdict.RateLimited(Duration.ofSeconds(1)));
    }

    @Test
    void revoke_byPrefix_endsTheKeyAndIsIdempotent() {
        ApiKeyOutcome.Created created = create(null);
        String prefix = created.key().id().substring(0, 6);

        assertThat(keys.revoke(mesh, alice, prefix))
                .isEqualTo(new RevokeOutcome.Revoked(created.key().id()));
        assertThat(keys.revoke(mesh, alice, prefix))
                .isEqualTo(new RevokeOutcome.Revoked(created.key().id()));

        assertThat(keys.authenticate(created.secret())).isEqualTo(new ApiKeyVerdict.Invalid());
        assertThat(events()).containsExactly("apikey_created", "apikey_revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%%%%", "______", "......", "' OR 1=1", "\\\\\\\\\\\\"})
    void revoke_wildcards_areTakenLiterally(String pattern) {
        create(null);

        assertThat(keys.revoke(mesh, alice, pattern)).isEqualTo(new RevokeOutcome.NotFound());
    }

    @Test
    void revoke_keyOfAnotherMesh_isNotFound() {
        ApiKeyOutcome.Created created = create(null);

        assertThat(keys.revoke(
                        other,
                        new Actor("alice-" + other, "alice"),
                        created.key().id()))
                .isEqualTo(new RevokeOutcome.NotFound());

        assertThat(keys.authenticate(created.secret())).isInstanceOf(ApiKeyVerdict.Granted.class);
    }

    @Test
    void revoke_prefixOfSeveral_isNotUnique() {
        create(null);
        create(null);
        TRANSACTIONS.execute(
                c -> Sql.update(c, "UPDATE mesh.api_key SET id = 'samesame' || id WHERE mesh_id = ?", mesh));

        assertThat(keys.revoke(mesh, alice, "samesame")).isEqualTo(new RevokeOutcome.NotUnique(2));
    }

    @Test
    void create_racedBeyondTheLimit_makesNoMoreThanTheLimit() throws Exception {
        List<ApiKeyOutcome> outcomes = AtOnce.run(8, () -> keys.create(mesh, alice, wish(null)));

        assertThat(outcomes).filteredOn(ApiKeyOutcome.Created.class::isInstance).hasSize(4);
        assertThat(outcomes).filteredOn(new ApiKeyOutcome.TooMany(4)::equals).hasSize(4);
    }

    @Test
    void list_keys_showsNoSecretAndOnlyThisMesh() {
        ApiKeyOutcome.Created created = create(List.of("a", "b"));
        keys.authenticate(created.secret());
        keys.flushLastUses();

        List<ApiKeyView> listed = keys.list(mesh);

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).lastUsedAt()).isEqualTo(clock.instant());
        assertThat(keys.topicNames(mesh, listed.get(0))).containsExactlyInAnyOrder("a", "b");
        assertThat(listed.get(0).toString()).doesNotContain(created.secret());
        assertThat(keys.list(other)).isEmpty();
    }

    @Test
    void keyRow_database_holdsNoSecret() {
        ApiKeyOutcome.Created created = create(null);

        String row = TRANSACTIONS
                .run(c ->
                        Sql.first(c, "SELECT k::text FROM mesh.api_key k WHERE mesh_id = ?", r -> r.getString(1), mesh))
                .orElseThrow();

        assertThat(row).doesNotContain(created.secret().substring(11));
    }

    @Test
    void authenticate_renamedTopic_keepsItsScope() {
        String secret = create(List.of("general")).secret();
        String general = id("general");

        rename("general", "all");

        assertThat(keys.authenticate(secret))
                .isInstanceOfSatisfying(
                        ApiKeyVerdict.Granted.class,
                        it -> assertThat(it.grant().coversTopic(general)).isTrue());
        assertThat(keys.topicNames(mesh, keys.list(mesh).get(0))).containsExactly("all");
    }

    @Test
    void authenticate_noTopics_coversNone() {
        String secret = create(List.of()).secret();

        assertThat(keys.authenticate(secret)).isInstanceOfSatisfying(ApiKeyVerdict.Granted.class, it -> {
            assertThat(it.grant().coversAllTopics()).isFalse();
            assertThat(it.grant().coversTopic(id("general"))).isFalse();
        });
    }

    @Test
    void authenticate_itsOnlyTopicDeleted_coversNone() {
        String secret = create(List.of("a")).secret();

        TRANSACTIONS.execute(c -> Sql.update(c, "DELETE FROM mesh.topic WHERE mesh_id = ? AND name = 'a'", mesh));

        assertThat(keys.authenticate(secret))
                .isInstanceOfSatisfying(
                        ApiKeyVerdict.Granted.class,
                        it -> assertThat(it.grant().coversAllTopics()).isFalse());
    }

    @Test
    void create_unknownTopic_namesIt() {
        assertThat(keys.create(mesh, alice, wish(List.of("general", "nowhere"))))
                .isEqualTo(new ApiKeyOutcome.UnknownTopic("nowhere"));
    }

    @Test
    void liveAmong_revokedAndExpiredKeys_areNot() {
        String live = create(null).key().id();
        String revoked = create(null).key().id();
        keys.revoke(mesh, alice, revoked);
        ApiKeyCreate brief = new ApiKeyCreate(
                "brief",
                List.of(ApiKeyCapability.READ),
                null,
                clock.instant().plusSeconds(5).toString());
        String expired =
                ((ApiKeyOutcome.Created) keys.create(mesh, alice, brief)).key().id();
        assertThat(keys.liveAmong(Set.of(live, revoked, expired))).containsExactlyInAnyOrder(live, expired);

        clock.advance(Duration.ofSeconds(5));

        assertThat(keys.liveAmong(Set.of(live, revoked, expired))).containsExactly(live);
        assertThat(keys.liveAmong(Set.of())).isEmpty();
    }

    @Test
    void recentIssuers_usedKey_isKnownAfterTheFlush() {
        keys.authenticate(create(null).secret());
        keys.flushLastUses();

        assertThat(keys.recentIssuers(mesh, clock.instant().minusSeconds(300))).containsExactly(alice.memberId());
        assertThat(keys.recentIssuers(mesh, clock.instant().plusSeconds(1))).isEmpty();
        assertThat(keys.recentIssuers(other, clock.instant().minusSeconds(300))).isEmpty();
    }

    @Test
    void createOwn_briefReadingKey_works() {
        assertThat(keys.createOwn(
                        mesh, alice, own(Duration.ofMinutes(60), ApiKeyCapability.READ, ApiKeyCapability.SEND)))
                .isInstanceOf(ApiKeyOutcome.Created.class);
    }

    @Test
    void createOwn_longOrEndlessLife_isRefused() {
        assertThat(keys.createOwn(mesh, alice, own(Duration.ofMinutes(61), ApiKeyCapability.READ)))
                .isInstanceOf(ApiKeyOutcome.NotForMembers.class);
        assertThat(keys.createOwn(mesh, alice, wish(null))).isInstanceOf(ApiKeyOutcome.NotForMembers.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiKeyCapability.class,
            names = {"ADMIN", "STATE_WRITE"})
    void createOwn_moreThanReadAndSend_isRefused(ApiKeyCapability capability) {
        assertThat(keys.createOwn(mesh, alice, own(Duration.ofMinutes(5), capability)))
                .isInstanceOf(ApiKeyOutcome.NotForMembers.class);
    }

    @Test
    void createOwn_moreThanAMemberMayHave_isRefusedUntilOneExpires() {
        ApiKeyCreate wish = own(Duration.ofMinutes(5), ApiKeyCapability.READ);
        keys.createOwn(mesh, alice, wish);
        keys.createOwn(mesh, alice, wish);
        assertThat(keys.createOwn(mesh, alice, wish)).isEqualTo(new ApiKeyOutcome.TooMany(2));

        clock.advance(Duration.ofMinutes(5));

        assertThat(keys.createOwn(mesh, alice, own(Duration.ofMinutes(5), ApiKeyCapability.READ)))
                .isInstanceOf(ApiKeyOutcome.Created.class);
    }

    @Test
    void revokeOwn_keyOfSomebodyElse_isNotFound() {
        ApiKeyOutcome.Created created = create(null);

        assertThat(keys.revokeOwn(mesh, new Actor("bob", "bob"), created.key().id()))
                .isEqualTo(new RevokeOutcome.NotFound());
        assertThat(keys.revokeOwn(mesh, alice, created.key().id()))
                .isEqualTo(new RevokeOutcome.Revoked(created.key().id()));
    }

    private ApiKeyCreate own(Duration life, ApiKeyCapability... capabilities) {
        return new ApiKeyCreate(
                "own", List.of(capabilities), null, clock.instant().plus(life).toString());
    }

    /** Topics of the database, every member sees all of them. */
    private static final class Topics implements TopicNames {
        @Override
        public Optional<String> idOf(String meshId, String memberId, String name) {
            return TRANSACTIONS.run(c -> Sql.first(
                    c,
                    "SELECT id FROM mesh.topic WHERE mesh_id = ? AND name = ?",
                    row -> row.getString(1),
                    meshId,
                    name));
        }

        @Override
        public Optional<String> nameOf(String meshId, String memberId, String topicId) {
            return TRANSACTIONS.run(c -> Sql.first(
                    c,
                    "SELECT name FROM mesh.topic WHERE mesh_id = ? AND id = ?",
                    row -> row.getString(1),
                    meshId,
                    topicId));
        }
    }

    private String id(String topic) {
        return new Topics().idOf(mesh, alice.memberId(), topic).orElseThrow();
    }

    private void rename(String topic, String name) {
        TRANSACTIONS.execute(
                c -> Sql.update(c, "UPDATE mesh.topic SET name = ? WHERE mesh_id = ? AND name = ?", name, mesh, topic));
    }

    private ApiKeyOutcome.Created create(List<String> topics) {
        return (ApiKeyOutcome.Created) keys.create(mesh, alice, wish(topics));
    }

    private static ApiKeyCreate wish(List<String> topics) {
        return new ApiKeyCreate("ci", List.of(ApiKeyCapability.READ), topics, null);
    }

    private List<String> events() {
        return TRANSACTIONS.run(c -> Sql.list(
                c,
                "SELECT event_type FROM mesh.audit_log WHERE mesh_id = ? ORDER BY seq",
                row -> row.getString(1),
                mesh));
    }

    private Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        if (archived) {
            return Optional.empty();
        }
        HelloAck.SelfEditable policy = new HelloAck.SelfEditable(true, true, true, true);
        MemberView member = new MemberView(
                "alice-" + meshId,
                meshId,
                KEY,
                "alice",
                Role.ADMIN,
                false,
                null,
                List.of(),
                "push",
                banned,
                Grants.NONE,
                null,
                false,
                null);
        return Optional.of(new MeshDirectory.Snapshot(
                new MeshView(meshId, meshId, "Mesh", KEY, policy, null, false), List.of(member)));
    }

    private static void insert(String meshId) {
        TRANSACTIONS.execute(c -> {
            Sql.update(c, """
                    INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)
                    VALUES (?, 'Mesh', ?, ?, '', '', now())""", meshId, meshId, KEY);
            Sql.update(c, """
                    INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                    VALUES (?, ?, ?, 'alice', 'admin', now())""", "alice-" + meshId, meshId, KEY);
            for (String name : List.of("a", "b")) {
                Sql.update(
                        c,
                        "INSERT INTO mesh.topic (id, mesh_id, name, created_at) VALUES (?, ?, ?, now())",
                        name + meshId,
                        meshId,
                        name);
            }
        });
    }
}
