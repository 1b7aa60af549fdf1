package com.claudemesh.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.invite.ClaimOutcome.Claimed;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cryptographic formats §7: the first hello binds what the claim left open. */
class UnboundMembersTest {
    private final TestInvites place = new TestInvites();
    private final MeshView mesh = place.world.mesh();

    @Test
    void claim_withoutMemberKey_isNoMemberYet() {
        Claimed claimed = claim();

        assertThat(place.world.directory.memberById(mesh.meshId(), claimed.memberId()))
                .isEmpty();
        assertThat(place.world.directory.activeMembers(mesh.meshId())).hasSize(1);
    }

    @Test
    void bind_firstKey_becomesTheMember() throws Exception {
        Claimed claimed = claim();
        String key = SigningKeyPair.generate().publicHex();

        assertThat(place.unbound.bind(mesh.meshId(), claimed.memberId(), key)).isTrue();

        assertThat(place.world.member(mesh, claimed.memberId()).publicKey()).isEqualTo(key);
        assertThat(place.world.recorded(mesh.meshId())).startsWith("member_joined", "invite_claimed");
    }

    @Test
    void bind_manyKeysAtOnce_takesOne() throws Exception {
        Claimed claimed = claim();

        List<Boolean> bound = AtOnce.run(
                20,
                () -> place.unbound.bind(
                        mesh.meshId(),
                        claimed.memberId(),
                        SigningKeyPair.generate().publicHex()));

        assertThat(bound).containsOnlyOnce(true);
        assertThat(place.world.directory.activeMembers(mesh.meshId())).hasSize(2);
    }

    @Test
    void bind_tooLate_isRefused() {
        Claimed claimed = claim();
        place.world.clock.advance(Duration.ofMinutes(10));

        assertThat(place.unbound.bind(
                        mesh.meshId(),
                        claimed.memberId(),
                        SigningKeyPair.generate().publicHex()))
                .isFalse();
    }

    @Test
    void bind_otherMeshOrOtherMember_isRefused() {
        Claimed claimed = claim();
        String key = SigningKeyPair.generate().publicHex();

        assertThat(place.unbound.bind(place.world.mesh().meshId(), claimed.memberId(), key))
                .isFalse();
        assertThat(place.unbound.bind(mesh.meshId(), "nobody", key)).isFalse();
        assertThat(place.unbound.bind(mesh.meshId(), claimed.memberId(), key)).isTrue();
    }

    @Test
    void sweep_claimsThatNobodyCameFor_areDeleted() {
        claim();
        place.world.clock.advance(Duration.ofMinutes(11));

        place.world.transactions.execute(connection -> place.unbound.sweep(connection, 1_000));

        assertThat(place.world.count("SELECT count(*) FROM mesh.unbound_member WHERE mesh_id = ?", mesh.meshId()))
                .isZero();
    }

    private Claimed claim() {
        return (Claimed)
                place.claim(place.invite(mesh, InviteWish.of(Role.MEMBER)), place.anonymous(BoxKeyPair.generate()));
    }
}
