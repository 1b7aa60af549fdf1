package com.claudemesh.invite;

import com.claudemesh.mail.MailOutbox;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.TestMeshes;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import java.time.Duration;

/** The invitation component on a real database, as the server wires it. */
final class TestInvites {
    static final int MAX_INVITES = 4;
    static final Invitations.Inviter OPERATOR = new Invitations.Inviter(Actor.OPERATOR, null);

    final TestMeshes world = new TestMeshes();
    final MailOutbox outbox;
    final Invitations invitations;
    final UnboundMembers unbound = new UnboundMembers(
            world.transactions,
            world.enrolments,
            world.chains,
            world.clock,
            world.directory::changed,
            Duration.ofMinutes(10));
    final Entrance entrance = new Entrance(
            world.transactions,
            world.meshes,
            world.directory,
            world.enrolments,
            unbound,
            world.chains,
            world.clock,
            world.directory::changed);

    TestInvites() {
        this(true);
    }

    TestInvites(boolean mail) {
        outbox = new MailOutbox(world.atRest, world.clock, mail);
        invitations = new Invitations(
                world.transactions,
                world.meshes,
                world.directory,
                world.chains,
                outbox,
                world.clock,
                new Invitations.Links("ws://mesh.example/ws", "https://mesh.example"),
                MAX_INVITES);
    }

    NewInvite invite(MeshView mesh, InviteWish wish) {
        return ((InviteOutcome.Created) invitations.create(mesh, wish, OPERATOR)).invite();
    }

    /** A claim by a new x25519 key that names no member key. */
    ClaimRequest anonymous(BoxKeyPair claimKey) {
        return new ClaimRequest(Base64Text.encodeUrl(claimKey.publicKey()), "Bob", null, null);
    }

    /** A claim by a new x25519 key for a member key. */
    ClaimRequest by(BoxKeyPair claimKey, String memberKey) {
        return new ClaimRequest(Base64Text.encodeUrl(claimKey.publicKey()), "Bob", memberKey, null);
    }

    ClaimOutcome claim(NewInvite invite, ClaimRequest request) {
        return entrance.claim(invite.code(), request);
    }
}
