package com.claudemesh.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InvitationsTest {
    private static final String EMAIL = "bob@example.org";

    private final TestInvites place = new TestInvites();
    private final MeshView mesh = place.world.mesh();

    @Test
    void create_database_holdsNeitherTokenNorRootKey() {
        NewInvite invite = place.invite(mesh, InviteWish.of(Role.MEMBER));
        String rootKey = place.world.meshes.secrets(mesh.meshId()).rootKey();

        assertThat(place.world.count(
                        "SELECT count(*) FROM mesh.invite i WHERE i.id = ? AND (i::text LIKE ? OR i::text LIKE ?)",
                        invite.id(),
                        "%" + invite.token() + "%",
                        "%" + rootKey + "%"))
                .isZero();
    }

    @Test
    void create_moreThanTheMeshMayHave_isRefusedUntilOneEnds() {
        NewInvite first = place.invite(mesh, InviteWish.of(Role.MEMBER));
        for (int i = 1; i < TestInvites.MAX_INVITES; i++) {
            place.invite(mesh, InviteWish.of(Role.MEMBER));
        }

        assertThat(place.invitations.create(mesh, InviteWish.of(Role.MEMBER), TestInvites.OPERATOR))
                .isEqualTo(new InviteOutcome.TooMany(TestInvites.MAX_INVITES));
        place.invitations.revoke(place.invitations.find(first.id()).orElseThrow(), Actor.OPERATOR);
        assertThat(place.invitations.create(mesh, InviteWish.of(Role.MEMBER), TestInvites.OPERATOR))
                .isInstanceOf(InviteOutcome.Created.class);
    }

    @Test
    void create_severalInTheSameSecond_haveTokensOfTheirOwn() {
        NewInvite first = place.invite(mesh, InviteWish.of(Role.MEMBER));
        NewInvite second = place.invite(mesh, InviteWish.of(Role.MEMBER));

        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(second.expiresAt()).isEqualTo(first.expiresAt().minusSeconds(1));
    }

    @Test
    void create_meshWithoutV1Invites_handsOutNoToken() {
        MeshView own = place.world.meshOf(place.world.account());
        NewInvite invite = place.invite(own, InviteWish.of(Role.MEMBER));

        assertThat(invite.token()).isNull();
        assertThat(place.invitations.resolve(invite.code()))
                .hasValueSatisfying(resolved -> assertThat(resolved.token()).isNull());
    }

    @Test
    void resolve_usableCode_isFoundUntilItIsUsedUp() {
        NewInvite invite = place.invite(mesh, InviteWish.of(Role.MEMBER));

        assertThat(place.invitations.resolve(invite.code()))
                .hasValueSatisfying(resolved -> assertThat(resolved.token()).isEqualTo(invite.token()));
        claim(invite);
        assertThat(place.invitations.resolve(invite.code())).isEmpty();
        assertThat(place.invitations.resolve("NOSUCHCODE22")).isEmpty();
    }

    @Test
    void resolve_meshWithAnotherSlugSince_givesTheTokenThatWasHandedOut() {
        NewInvite invite = place.invite(mesh, InviteWish.of(Role.MEMBER));
        place.world.meshes.moveTo(mesh.meshId(), Actor.OPERATOR, "moved-" + mesh.slug());

        assertThat(place.invitations.resolve(invite.code()).orElseThrow().token())
                .isEqualTo(invite.token());
    }

    @Test
    void preview_eachState_hasItsReason() {
        NewInvite invite = place.invite(mesh, InviteWish.of(Role.MEMBER));
        String token = invite.token();

        assertThat(place.invitations.preview(token)).isInstanceOf(InvitePreview.Valid.class);
        assertThat(reason("rubbish")).isEqualTo("malformed");
        claim(invite);
        assertThat(reason(token)).isEqualTo("exhausted");
        place.world.clock.advance(Duration.ofDays(8));
        assertThat(reason(token)).isEqualTo("expired");
        place.world.meshes.archive(mesh.meshId(), Actor.OPERATOR);
        assertThat(reason(token)).isEqualTo("mesh_archived");
        place.invitations.revoke(place.invitations.find(invite.id()).orElseThrow(), Actor.OPERATOR);
        assertThat(reason(token)).isEqualTo("revoked");
    }

    @Test
    void preview_tokenOfAnotherServer_tellsNoNames() {
        TestInvites elsewhere = new TestInvites();
        MeshView foreign = elsewhere.world.mesh();
        String token = elsewhere.invite(foreign, InviteWish.of(Role.MEMBER)).token();
        place.world.execute("DELETE FROM mesh.mesh WHERE id = ?", foreign.meshId());

        assertThat(place.invitations.preview(token)).isEqualTo(InvitePreview.Invalid.because("not_found"));
    }

    @Test
    void revoke_twice_isRecordedOnce() throws Exception {
        Invite invite = place.invitations
                .find(place.invite(mesh, InviteWish.of(Role.MEMBER)).id())
                .orElseThrow();
        place.invitations.revoke(invite, Actor.OPERATOR);
        place.invitations.revoke(invite, Actor.OPERATOR);

        assertThat(place.world.recorded(mesh.meshId())).containsOnlyOnce("invite_revoked");
    }

    @Test
    void createByMail_withMailServer_queuesTheMailWithTheInvitation() {
        NewInvite invite = mailed(place, mesh);

        assertThat(invite.emailed()).isTrue();
        assertThat(place.world.count(
                        "SELECT count(*) FROM public.mail_outbox WHERE recipient = ? AND kind = 'mesh_invitation'"
                                + " AND content_enc NOT LIKE ?",
                        EMAIL,
                        "%" + invite.code() + "%"))
                .isPositive();
    }

    @Test
    void createByMail_withoutMailServer_isStillIncoming() {
        TestInvites mailless = new TestInvites(false);
        NewInvite invite = mailed(mailless, mailless.world.mesh());

        assertThat(invite.emailed()).isFalse();
        assertThat(mailless.invitations.incoming(EMAIL))
                .extracting(IncomingInvite::id)
                .contains(invite.pendingId());
    }

    @Test
    void incoming_claimedInvitation_isAnswered() {
        NewInvite invite = mailed(place, mesh);
        assertThat(place.invitations.incoming(EMAIL))
                .extracting(IncomingInvite::code)
                .contains(invite.code());

        claim(invite);

        assertThat(place.invitations.incoming(EMAIL))
                .extracting(IncomingInvite::code)
                .doesNotContain(invite.code());
    }

    @Test
    void incoming_secondInvitationToTheSameMesh_replacesTheFirst() {
        NewInvite first = mailed(place, mesh);
        NewInvite second = mailed(place, mesh);

        assertThat(place.invitations.incoming(EMAIL))
                .extracting(IncomingInvite::code)
                .contains(second.code())
                .doesNotContain(first.code());
        assertThat(place.invitations.resolve(first.code())).isEmpty();
    }

    @Test
    void decline_ownInvitation_endsIt() throws Exception {
        NewInvite invite = mailed(place, mesh);

        assertThat(place.invitations.decline("eve@example.org", invite.pendingId(), "Eve"))
                .isFalse();
        assertThat(place.invitations.decline(EMAIL, invite.pendingId(), "Bob")).isTrue();
        assertThat(place.invitations.decline(EMAIL, invite.pendingId(), "Bob")).isFalse();
        assertThat(place.claim(
                        invite,
                        place.by(
                                BoxKeyPair.generate(), SigningKeyPair.generate().publicHex())))
                .isEqualTo(new ClaimOutcome.Gone(Invite.Flaw.REVOKED));
        assertThat(place.world.recorded(mesh.meshId())).startsWith("invite_declined");
    }

    private static NewInvite mailed(TestInvites place, MeshView mesh) {
        return ((InviteOutcome.Created)
                        place.invitations.createByMail(mesh, InviteWish.of(Role.MEMBER), TestInvites.OPERATOR, EMAIL))
                .invite();
    }

    private void claim(NewInvite invite) {
        place.claim(
                invite,
                place.by(BoxKeyPair.generate(), SigningKeyPair.generate().publicHex()));
    }

    private String reason(String token) {
        return ((InvitePreview.Invalid) place.invitations.preview(token)).reason();
    }
}
