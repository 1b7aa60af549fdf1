package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.SyncProofText;
import com.claudemesh.protocol.crypto.token.SyncToken;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP §3.7 and §8, cryptographic formats §13.3. */
class MeshSyncTest {
    private final TestMeshes world = new TestMeshes();
    private final MeshSync sync = new MeshSync(
            world.transactions, world.enrolments, world.chains, world.clock, world.directory::changed, "s".repeat(64));

    @Test
    void issue_foreignMesh_isLeftOut() {
        String ada = world.account();
        MeshView own = world.meshOf(ada);
        MeshView foreign = world.meshOf(world.account());

        SyncToken token = redeemed(token(ada, own.meshId(), foreign.meshId(), "no such mesh"));

        assertThat(token.meshes()).containsExactly(new SyncToken.MeshGrant(own.meshId(), own.slug(), "admin"));
    }

    @Test
    void redeem_sameTokenAtOnce_worksOnce() throws Exception {
        String ada = world.account();
        String token = token(ada, world.meshOf(ada).meshId());

        List<SyncToken.Result> results = AtOnce.run(10, () -> sync.redeem(token));

        assertThat(results)
                .filteredOn(SyncToken.Result.Accepted.class::isInstance)
                .hasSize(1);
        assertThat(sync.redeem(token)).isEqualTo(new SyncToken.Result.Refused("token already used"));
    }

    @Test
    void redeem_expiredOrForgedToken_isRefused() {
        String ada = world.account();
        String token = token(ada, world.meshOf(ada).meshId());
        world.clock.advance(Duration.ofMinutes(16));

        assertThat(sync.redeem(token)).isEqualTo(new SyncToken.Result.Refused("token expired"));
        assertThat(sync.redeem(token.substring(0, token.length() - 2) + "AA"))
                .isEqualTo(new SyncToken.Result.Refused("invalid signature"));
    }

    @Test
    void enrol_owner_givesItsMemberTheKey() {
        String ada = world.account();
        MeshView own = world.meshOf(ada);
        String key = SigningKeyPair.generate().publicHex();

        List<MeshSync.Membership> memberships = enrol(token(ada, own.meshId()), key, null);

        assertThat(memberships).singleElement().satisfies(membership -> {
            assertThat(membership.role()).isEqualTo(Role.ADMIN);
            assertThat(world.member(own, membership.memberId()).publicKey()).isEqualTo(key);
        });
        assertThat(world.directory.membersOfAccount(own.meshId(), ada)).hasSize(1);
    }

    @Test
    void enrol_memberOnASecondMachine_addsAKeyWithTheRoleOfTheFirst() {
        String bob = world.account();
        MeshView mesh = world.mesh();
        world.join(mesh, "Bob", Role.MEMBER, bob);

        List<MeshSync.Membership> memberships =
                enrol(token(bob, mesh.meshId()), SigningKeyPair.generate().publicHex(), null);

        assertThat(memberships).extracting(MeshSync.Membership::role).containsExactly(Role.MEMBER);
        assertThat(world.directory.membersOfAccount(mesh.meshId(), bob)).hasSize(2);
    }

    @Test
    void enrol_accountThatHasLeftSince_getsNothing() {
        String bob = world.account();
        MeshView mesh = world.mesh();
        world.join(mesh, "Bob", Role.MEMBER, bob);
        String token = token(bob, mesh.meshId());
        world.members.leave(mesh.meshId(), bob, "Bob");

        assertThat(enrol(token, SigningKeyPair.generate().publicHex(), null)).isEmpty();
    }

    @Test
    void enrol_keyOfSomebodyElse_tiesItToNobodyWithoutProof() {
        MeshView mesh = world.mesh();
        MemberView victim = world.directory.activeMembers(mesh.meshId()).get(0);
        String eve = world.account();
        world.join(mesh, "Eve", Role.MEMBER, eve);

        enrol(token(eve, mesh.meshId()), victim.publicKey(), null);
        enrol(token(eve, mesh.meshId()), victim.publicKey(), "00".repeat(64));

        assertThat(world.member(mesh, victim.memberId()).accountId()).isNull();
        assertThat(world.authorization.standing(mesh.meshId(), new Principal.OfAccount(eve)))
                .contains(Standing.MEMBER);
    }

    @Test
    void enrol_ownKeyWithProof_isTiedToTheAccount() {
        String ada = world.account();
        MeshView mesh = world.meshOf(ada);
        SigningKeyPair key = SigningKeyPair.generate();
        Enrolment joined = world.transactions.run(connection -> world.enrolments.enrol(
                connection,
                new Joining(mesh.meshId(), key.publicHex(), Role.MEMBER, MemberProfile.named("Ada"), null)));
        String token = token(ada, mesh.meshId());

        enrol(
                token,
                key.publicHex(),
                Signatures.sign(SyncProofText.canonical(token, key.publicHex()), key.secretHex()));

        assertThat(world.member(mesh, ((Enrolment.Added) joined).memberId()).accountId())
                .isEqualTo(ada);
    }

    private String token(String account, String... meshIds) {
        return sync.issue(account, "ada@example.org", List.of(meshIds), "sync", null);
    }

    private SyncToken redeemed(String token) {
        return ((SyncToken.Result.Accepted) sync.redeem(token)).token();
    }

    private List<MeshSync.Membership> enrol(String token, String key, String proof) {
        return sync.enrol(redeemed(token), token, key, "Ada", proof);
    }
}
