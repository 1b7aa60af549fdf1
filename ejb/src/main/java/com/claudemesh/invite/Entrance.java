package com.claudemesh.invite;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mesh.Enrolment;
import com.claudemesh.mesh.Enrolments;
import com.claudemesh.mesh.Joining;
import com.claudemesh.mesh.MemberProfile;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshSecrets;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.MalformedInviteException;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The door to invitations for those who come in by one. Everything is checked before a use is consumed; use, member and
 * audit event are one transaction. Blocking; safe for any thread.
 */
public final class Entrance {
    private static final int SHOWN_KEY_CHARS = 8;

    private final Transactions transactions;
    private final Meshes meshes;
    private final MeshDirectory directory;
    private final Enrolments enrolments;
    private final UnboundMembers unbound;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;

    /** @param changed is told the id of a mesh after a member of it was committed */
    public Entrance(
            Transactions transactions,
            Meshes meshes,
            MeshDirectory directory,
            Enrolments enrolments,
            UnboundMembers unbound,
            AuditChainStore chains,
            Clock clock,
            Consumer<String> changed) {
        this.transactions = transactions;
        this.meshes = meshes;
        this.directory = directory;
        this.enrolments = enrolments;
        this.unbound = unbound;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
    }

    /** Claims a short code: the mesh's root key, sealed, and a place among its members. */
    public ClaimOutcome claim(String code, ClaimRequest request) {
        Optional<Invite> invite = transactions.run(connection -> InviteStore.byCode(connection, code));
        Optional<MeshView> mesh = invite.flatMap(found -> directory.mesh(found.meshId()));
        if (mesh.isEmpty()) {
            return new ClaimOutcome.NotFound();
        }
        Optional<Invite.Flaw> ended = invite.get().ended(clock.instant());
        if (ended.isPresent()) {
            return new ClaimOutcome.Gone(ended.get());
        }
        Optional<byte[]> sealTo = InviteV2.recipientKey(request.claimKey());
        if (sealTo.isEmpty() || request.memberKey() != null && !Curve25519Keys.isConvertible(request.memberKey())) {
            return new ClaimOutcome.Malformed();
        }
        if (!invite.get()
                .signed(mesh.get().ownerPublicKey())
                .verifyCapability(invite.get().capability())) {
            return new ClaimOutcome.BadSignature();
        }
        Entry entry = new Entry(invite.get(), mesh.get(), request, sealTo.get());
        ClaimOutcome outcome = transactions.run(connection -> claim(connection, entry));
        if (outcome instanceof ClaimOutcome.Claimed claimed && !claimed.already()) {
            changed.accept(mesh.get().meshId());
        }
        return outcome;
    }

    /** A claim whose parts are good. */
    private record Entry(Invite invite, MeshView mesh, ClaimRequest request, byte[] sealTo) {
        MemberProfile profile() {
            String shown = request.claimKey().substring(0, SHOWN_KEY_CHARS);
            return invite.preset().profile(request.displayName() == null ? "member-" + shown : request.displayName());
        }
    }

    private ClaimOutcome claim(Connection connection, Entry entry) throws SQLException {
        Invite invite = entry.invite();
        boolean room = enrolments.hasRoom(connection, invite.meshId());
        // Read again: whoever had the mesh before has perhaps used it up.
        Invite current = InviteStore.byId(connection, invite.id()).orElse(invite);
        Optional<Invite.Flaw> ended = current.ended(clock.instant());
        if (ended.isPresent()) {
            return new ClaimOutcome.Gone(ended.get());
        }
        // The same claim again, perhaps because its answer was lost. It opens with the same key: nothing new is told.
        Optional<String> before =
                unbound.existing(connection, invite.id(), entry.request().claimKey());
        if (before.isPresent()) {
            return answer(connection, entry, before.get(), true);
        }
        if (current.isExhausted()) {
            return new ClaimOutcome.Gone(Invite.Flaw.EXHAUSTED);
        }
        return entry.request().memberKey() == null
                ? reserve(connection, entry, room)
                : enrol(connection, entry, entry.request().memberKey().toLowerCase(Locale.ROOT));
    }

    private ClaimOutcome reserve(Connection connection, Entry entry, boolean room) throws SQLException {
        Invite invite = entry.invite();
        if (!room) {
            return new ClaimOutcome.Full(enrolments.maxMembersPerMesh());
        }
        if (!InviteStore.takeUse(connection, invite.id(), now())) {
            return new ClaimOutcome.Gone(Invite.Flaw.EXHAUSTED);
        }
        String memberId = unbound.reserve(
                connection,
                new UnboundMembers.Claim(
                        invite.meshId(),
                        invite.id(),
                        entry.request().claimKey(),
                        invite.role(),
                        entry.profile(),
                        entry.request().accountId()));
        PendingInvites.accepted(connection, invite.id(), now());
        ClaimOutcome answer = answer(connection, entry, memberId, false);
        record(connection, invite, "invite_claimed", memberId, entry.profile().displayName());
        return answer;
    }

    private ClaimOutcome enrol(Connection connection, Entry entry, String memberKey) throws SQLException {
        Invite invite = entry.invite();
        Optional<Enrolment> existing = enrolments.existing(connection, invite.meshId(), memberKey);
        if (existing.isPresent()) {
            return existing.get() instanceof Enrolment.AlreadyMember member
                    ? answer(connection, entry, member.memberId(), true)
                    : refused(existing.get());
        }
        if (!InviteStore.takeUse(connection, invite.id(), now())) {
            return new ClaimOutcome.Gone(Invite.Flaw.EXHAUSTED);
        }
        String memberId = added(enrolments.enrol(
                connection,
                new Joining(
                        invite.meshId(),
                        memberKey,
                        invite.role(),
                        entry.profile(),
                        entry.request().accountId())));
        InviteStore.recordUse(connection, invite.id(), memberId, entry.request().claimKey(), now());
        PendingInvites.accepted(connection, invite.id(), now());
        ClaimOutcome answer = answer(connection, entry, memberId, false);
        record(connection, invite, "member_joined", memberId, entry.profile().displayName());
        return answer;
    }

    private static ClaimOutcome refused(Enrolment refusal) {
        return refusal instanceof Enrolment.Full full
                ? new ClaimOutcome.Full(full.maxMembers())
                : new ClaimOutcome.Banned();
    }

    private ClaimOutcome answer(Connection connection, Entry entry, String memberId, boolean already)
            throws SQLException {
        MeshSecrets secrets = meshes.secrets(connection, entry.mesh().meshId());
        InviteV2 signed = entry.invite().signed(secrets.ownerPublicKey());
        return new ClaimOutcome.Claimed(
                InviteV2.sealRootKey(Base64Text.decodeUrl(secrets.rootKey()), entry.sealTo()),
                entry.mesh().meshId(),
                memberId,
                secrets.ownerPublicKey(),
                signed.canonical(),
                signed.sign(secrets.ownerSecretKey()),
                entry.mesh().slug(),
                entry.mesh().name(),
                entry.invite().brokerUrl(),
                already);
    }

    /** Joins by a v1 token: the checks of the protocol in their order. */
    public JoinOutcome join(JoinRequest request) {
        if (!Hex.isKey(request.publicKey())) {
            return refused("peer_pubkey must be 64 hex chars (32 bytes)");
        }
        InviteV1 payload;
        try {
            payload = InviteV1.parse(request.payload());
        } catch (MalformedInviteException e) {
            return refused("invite_bad_signature");
        }
        if (!payload.signatureValid()) {
            return refused("invite_bad_signature");
        }
        Optional<MeshView> mesh = directory.mesh(payload.meshId());
        if (mesh.isEmpty()) {
            return refused("mesh_not_found");
        }
        if (!mesh.get().ownerPublicKey().equals(payload.ownerPubkey())) {
            return refused("invite_owner_mismatch");
        }
        // The role comes from the row; that token and payload are one and the same makes sure that it is this row's.
        if (!mesh.get().v1Invites() || !request.token().equals(payload.token())) {
            return refused("invite_not_found");
        }
        JoinOutcome outcome = transactions.run(connection -> join(connection, payload.meshId(), request));
        if (outcome instanceof JoinOutcome.Joined joined && !joined.already()) {
            changed.accept(payload.meshId());
        }
        return outcome;
    }

    private JoinOutcome join(Connection connection, String meshId, JoinRequest request) throws SQLException {
        Optional<Invite> found = InviteStore.byTokenHash(connection, Digests.sha256Hex(request.token()));
        if (found.isEmpty()) {
            return refused("invite_not_found");
        }
        Invite invite = found.get();
        if (!invite.meshId().equals(meshId)) {
            return refused("invite_mesh_mismatch");
        }
        if (invite.isRevoked()) {
            return refused("invite_revoked");
        }
        if (invite.isExpired(clock.instant())) {
            return refused("invite_expired");
        }
        String publicKey = request.publicKey().toLowerCase(Locale.ROOT);
        if (!Curve25519Keys.isConvertible(publicKey)) {
            return refused("peer_pubkey must be a valid ed25519 key");
        }
        Optional<Enrolment> existing = enrolments.existing(connection, meshId, publicKey);
        if (existing.isPresent()) {
            return joinedBefore(existing.get());
        }
        if (!InviteStore.takeUse(connection, invite.id(), now())) {
            return refused("invite_exhausted");
        }
        MemberProfile profile = invite.preset().profile(request.displayName());
        String memberId = added(enrolments.enrol(
                connection, new Joining(meshId, publicKey, invite.role(), profile, request.accountId())));
        InviteStore.recordUse(connection, invite.id(), memberId, null, now());
        PendingInvites.accepted(connection, invite.id(), now());
        record(connection, invite, "member_joined", memberId, profile.displayName());
        return new JoinOutcome.Joined(memberId, false);
    }

    private static JoinOutcome joinedBefore(Enrolment existing) {
        if (existing instanceof Enrolment.AlreadyMember member) {
            return new JoinOutcome.Joined(member.memberId(), true);
        }
        return refused(existing instanceof Enrolment.Full ? "mesh_full" : "member_banned");
    }

    private static JoinOutcome.Refused refused(String error) {
        return new JoinOutcome.Refused(error);
    }

    private static String added(Enrolment enrolment) {
        if (enrolment instanceof Enrolment.Added added) {
            return added.memberId();
        }
        throw new IllegalStateException("the key was enrolled by a concurrent join");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void record(Connection connection, Invite invite, String type, String memberId, String name)
            throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(
                        invite.meshId(),
                        type,
                        memberId,
                        name,
                        Map.of("inviteId", invite.id(), "role", invite.role().wire()),
                        clock.instant())));
    }
}
