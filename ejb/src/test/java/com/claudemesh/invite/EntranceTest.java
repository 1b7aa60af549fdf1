package com.claudemesh.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.invite.ClaimOutcome.Claimed;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.testing.AtOnce;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP §3.3 and §3.4, cryptographic formats §6 and §7. */
class EntranceTest {
    private final TestInvites place = new TestInvites();
    private final MeshView mesh = place.world.mesh();

    @Test
    void claim_withMemberKey_sealsTheRootKeyAndBindsTheMemberAtOnce() {
        NewInvite invite = place.invite(mesh, uses(1));
        BoxKeyPair key = BoxKeyPair.generate();
        String memberKey = SigningKeyPair.generate().publicHex();

        Claimed claimed = (Claimed) place.claim(invite, place.by(key, memberKey));

        String rootKey = place.world.meshes.secrets(mesh.meshId()).rootKey();
        assertThat(InviteV2.openRootKey(claimed.sealedRootKey(), key).map(Base64Text::encodeUrl))
                .contains(rootKey);
        assertThat(Signatures.verify(claimed.canonical(), claimed.signature(), mesh.ownerPublicKey()))
                .isTrue();
        assertThat(claimed.canonical()).startsWith("v=2|" + mesh.meshId() + "|" + invite.id() + "|");
        assertThat(place.world.member(mesh, claimed.memberId()).publicKey()).isEqualTo(memberKey);
        assertThat(place.world.member(mesh, claimed.memberId()).displayName()).isEqualTo("Bob");
    }

    @Test
    void claim_hundredAtOnceOfFiveUses_letsExactlyFiveIn() throws Exception {
        NewInvite invite = place.invite(mesh, uses(5));

        List<ClaimOutcome> outcomes = AtOnce.run(
                100,
                () -> place.claim(
                        invite,
                        place.by(
                                BoxKeyPair.generate(), SigningKeyPair.generate().publicHex())));

        assertThat(outcomes).filteredOn(Claimed.class::isInstance).hasSize(5);
        assertThat(outcomes)
                .filteredOn(one -> !(one instanceof Claimed))
                .containsOnly(new ClaimOutcome.Gone(Invite.Flaw.EXHAUSTED));
        assertThat(place.world.directory.activeMembers(mesh.meshId())).hasSize(6);
        assertThat(place.invitations.find(invite.id()).orElseThrow().usedCount())
                .isEqualTo(5);
        assertThat(place.world.chainIsValid(mesh.meshId())).isTrue();
    }

    @Test
    void claim_hundredAtOnceWithoutMemberKey_reservesExactlyFive() throws Exception {
        NewInvite invite = place.invite(mesh, uses(5));

        List<ClaimOutcome> outcomes =
                AtOnce.run(100, () -> place.claim(invite, place.anonymous(BoxKeyPair.generate())));

        assertThat(outcomes).filteredOn(Claimed.class::isInstance).hasSize(5);
        assertThat(place.world.count("SELECT count(*) FROM mesh.unbound_member WHERE mesh_id = ?", mesh.meshId()))
                .isEqualTo(5);
    }

    @Test
    void claim_sameKeyAgain_isTheSameMemberAndUsesNothing() {
        NewInvite invite = place.invite(mesh, uses(1));
        ClaimRequest request =
                place.by(BoxKeyPair.generate(), SigningKeyPair.generate().publicHex());
        Claimed first = (Claimed) place.claim(invite, request);

        Claimed again = (Claimed) place.claim(invite, request);

        assertThat(again.memberId()).isEqualTo(first.memberId());
        assertThat(again.already()).isTrue();
    }

    @Test
    void claim_sameKeyAtOnceManyTimes_usesOne() throws Exception {
        NewInvite invite = place.invite(mesh, uses(3));
        ClaimRequest request = place.anonymous(BoxKeyPair.generate());

        List<ClaimOutcome> outcomes = AtOnce.run(20, () -> place.claim(invite, request));

        assertThat(outcomes).allMatch(Claimed.class::isInstance);
        assertThat(outcomes.stream().map(one -> ((Claimed) one).memberId()).distinct())
                .hasSize(1);
        assertThat(place.invitations.find(invite.id()).orElseThrow().usedCount())
                .isEqualTo(1);
    }

    @Test
    void claim_keyOfAMember_isThatMemberAndUsesNothing() {
        String memberKey = SigningKeyPair.generate().publicHex();
        Claimed first = (Claimed) place.claim(place.invite(mesh, uses(1)), place.by(BoxKeyPair.generate(), memberKey));
        NewInvite second = place.invite(mesh, uses(1));

        Claimed again = (Claimed) place.claim(second, place.by(BoxKeyPair.generate(), memberKey.toUpperCase()));

        assertThat(again.memberId()).isEqualTo(first.memberId());
        assertThat(place.invitations.find(second.id()).orElseThrow().usedCount())
                .isZero();
    }

    @Test
    void claim_usedUpInvitationForAMembersKey_tellsNoKeyToANewClaimer() {
        NewInvite invite = place.invite(mesh, uses(1));
        String memberKey = SigningKeyPair.generate().publicHex();
        place.claim(invite, place.by(BoxKeyPair.generate(), memberKey));

        assertThat(place.claim(invite, place.by(BoxKeyPair.generate(), memberKey)))
                .isEqualTo(new ClaimOutcome.Gone(Invite.Flaw.EXHAUSTED));
    }

    @Test
    void claim_revokedExpiredOrUnknown_isRefusedInTheProtocolsOrder() {
        NewInvite revoked = place.invite(mesh, uses(1));
        NewInvite expired = place.invite(mesh, uses(1));
        place.invitations.revoke(place.invitations.find(revoked.id()).orElseThrow(), TestInvites.OPERATOR.actor());

        assertThat(place.claim(revoked, fresh())).isEqualTo(new ClaimOutcome.Gone(Invite.Flaw.REVOKED));
        place.world.clock.advance(Duration.ofDays(7));
        assertThat(place.claim(expired, fresh())).isEqualTo(new ClaimOutcome.Gone(Invite.Flaw.EXPIRED));
        assertThat(place.claim(revoked, fresh())).isEqualTo(new ClaimOutcome.Gone(Invite.Flaw.REVOKED));
        assertThat(place.entrance.claim("NOSUCHCODE22", fresh())).isEqualTo(new ClaimOutcome.NotFound());
    }

    @Test
    void claim_archivedMesh_isNotFound() {
        NewInvite invite = place.invite(mesh, uses(1));
        place.world.meshes.archive(mesh.meshId(), TestInvites.OPERATOR.actor());

        assertThat(place.claim(invite, fresh())).isEqualTo(new ClaimOutcome.NotFound());
    }

    @Test
    void claim_unusableKeys_areRefusedBeforeAUseIsConsumed() {
        NewInvite invite = place.invite(mesh, uses(1));
        String lowOrder = Base64Text.encodeUrl(new byte[32]);
        String good = Base64Text.encodeUrl(BoxKeyPair.generate().publicKey());

        assertThat(place.claim(invite, new ClaimRequest(lowOrder, null, null, null)))
                .isEqualTo(new ClaimOutcome.Malformed());
        assertThat(place.claim(invite, new ClaimRequest(good + "A", null, null, null)))
                .isEqualTo(new ClaimOutcome.Malformed());
        assertThat(place.claim(invite, new ClaimRequest(good, null, "00".repeat(32), null)))
                .isEqualTo(new ClaimOutcome.Malformed());
        assertThat(place.invitations.find(invite.id()).orElseThrow().usedCount())
                .isZero();
    }

    @Test
    void claim_rowThatWasChanged_isABadSignature() {
        NewInvite invite = place.invite(mesh, uses(1));
        place.world.execute("UPDATE mesh.invite SET role = 'admin' WHERE id = ?", invite.id());

        assertThat(place.claim(invite, fresh())).isEqualTo(new ClaimOutcome.BadSignature());
    }

    @Test
    void claim_bannedKey_isRefused() {
        String memberKey = SigningKeyPair.generate().publicHex();
        place.claim(place.invite(mesh, uses(1)), place.by(BoxKeyPair.generate(), memberKey));
        place.world.execute("UPDATE mesh.member SET revoked_at = now() WHERE peer_pubkey = ?", memberKey);

        assertThat(place.claim(place.invite(mesh, uses(1)), place.by(BoxKeyPair.generate(), memberKey)))
                .isEqualTo(new ClaimOutcome.Banned());
    }

    @Test
    void claim_memberThatHadLeft_getsItsRowBack() {
        String memberKey = SigningKeyPair.generate().publicHex();
        Claimed first = (Claimed) place.claim(place.invite(mesh, uses(1)), place.by(BoxKeyPair.generate(), memberKey));
        place.world.execute("UPDATE mesh.member SET left_at = now() WHERE id = ?", first.memberId());
        place.world.directory.changed(mesh.meshId());

        Claimed again = (Claimed) place.claim(place.invite(mesh, uses(1)), place.by(BoxKeyPair.generate(), memberKey));

        assertThat(again.memberId()).isEqualTo(first.memberId());
        assertThat(again.already()).isFalse();
    }

    @Test
    void claim_preset_isWhatTheMemberGets() {
        InvitePreset preset = new InvitePreset("Builder", "ci", List.of(new GroupLabel("eng", "lead")), "inbox");
        NewInvite invite = place.invite(mesh, new InviteWish(Role.ADMIN, 1, Duration.ofHours(1), preset));

        Claimed claimed = (Claimed) place.claim(invite, fresh());

        assertThat(place.world.member(mesh, claimed.memberId()))
                .extracting("displayName", "roleTag", "messageMode", "role")
                .containsExactly("Builder", "ci", "inbox", Role.ADMIN);
    }

    @Test
    void claim_byAnOwnerWithoutAKey_givesItsMemberTheKey() {
        String account = place.world.account();
        MeshView own = place.world.meshOf(account);
        String memberKey = SigningKeyPair.generate().publicHex();
        String claimKey = Base64Text.encodeUrl(BoxKeyPair.generate().publicKey());

        Claimed claimed =
                (Claimed) place.claim(place.invite(own, uses(1)), new ClaimRequest(claimKey, null, memberKey, account));

        assertThat(place.world.directory.membersOfAccount(own.meshId(), account))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.memberId()).isEqualTo(claimed.memberId());
                    assertThat(member.publicKey()).isEqualTo(memberKey);
                    assertThat(member.keyless()).isFalse();
                });
    }

    @Test
    void claim_meshThatIsFull_isRefused() {
        place.world.execute("""
                INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                SELECT ? || n, ?, lpad(to_hex(n), 64, '0'), 'm', 'member', now() FROM generate_series(1, 119) n""", "full", mesh.meshId());

        assertThat(place.claim(place.invite(mesh, uses(1)), fresh())).isEqualTo(new ClaimOutcome.Full(120));
        assertThat(place.claim(place.invite(mesh, uses(1)), place.anonymous(BoxKeyPair.generate())))
                .isEqualTo(new ClaimOutcome.Full(120));
    }

    @Test
    void join_v1Token_makesAMemberWithTheRolesRow() throws Exception {
        NewInvite invite = place.invite(mesh, uses(1));
        String key = SigningKeyPair.generate().publicHex();

        JoinOutcome.Joined joined = (JoinOutcome.Joined) place.entrance.join(joining(invite.token(), key));

        assertThat(place.world.member(mesh, joined.memberId()).role()).isEqualTo(Role.MEMBER);
        assertThat(place.entrance.join(joining(invite.token(), key)))
                .isEqualTo(new JoinOutcome.Joined(joined.memberId(), true));
        assertThat(place.entrance.join(
                        joining(invite.token(), SigningKeyPair.generate().publicHex())))
                .isEqualTo(new JoinOutcome.Refused("invite_exhausted"));
    }

    @Test
    void join_payloadOfAnotherInvitation_isRefused() throws Exception {
        NewInvite member = place.invite(mesh, uses(1));
        NewInvite admin = place.invite(mesh, InviteWish.of(Role.ADMIN));
        JsonNode payload =
                Json.mapper().readTree(InviteV1.parseToken(admin.token()).json());

        JoinOutcome outcome = place.entrance.join(new JoinRequest(
                member.token(), payload, SigningKeyPair.generate().publicHex(), "Eve", null));

        assertThat(outcome).isEqualTo(new JoinOutcome.Refused("invite_not_found"));
    }

    @Test
    void join_meshWithoutSuchInvitations_isRefused() throws Exception {
        String token = place.invite(mesh, uses(1)).token();
        place.world.meshes.changePolicy(mesh.meshId(), TestInvites.OPERATOR.actor(), null, false);

        assertThat(place.entrance.join(joining(token, SigningKeyPair.generate().publicHex())))
                .isEqualTo(new JoinOutcome.Refused("invite_not_found"));
    }

    @Test
    void join_meshWithAnotherSlugSince_stillWorks() throws Exception {
        NewInvite invite = place.invite(mesh, uses(1));
        place.world.meshes.moveTo(mesh.meshId(), TestInvites.OPERATOR.actor(), "moved-" + mesh.slug());

        assertThat(place.entrance.join(
                        joining(invite.token(), SigningKeyPair.generate().publicHex())))
                .isInstanceOf(JoinOutcome.Joined.class);
    }

    @Test
    void joins_andClaims_areInTheRecord() throws Exception {
        place.claim(place.invite(mesh, uses(1)), fresh());
        place.claim(place.invite(mesh, uses(1)), place.anonymous(BoxKeyPair.generate()));

        assertThat(place.world.recorded(mesh.meshId()))
                .startsWith("invite_claimed", "invite_created", "member_joined", "invite_created");
        assertThat(place.world.chainIsValid(mesh.meshId())).isTrue();
    }

    private static JoinRequest joining(String token, String key) throws Exception {
        return new JoinRequest(
                token, Json.mapper().readTree(InviteV1.parseToken(token).json()), key, "Bob", null);
    }

    private ClaimRequest fresh() {
        return place.by(BoxKeyPair.generate(), SigningKeyPair.generate().publicHex());
    }

    private static InviteWish uses(int uses) {
        return new InviteWish(Role.MEMBER, uses, InviteWish.DEFAULT_LIFE, InvitePreset.NONE);
    }
}
