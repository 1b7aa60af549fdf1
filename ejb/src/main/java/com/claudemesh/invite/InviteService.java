package com.claudemesh.invite;

import com.claudemesh.audit.AuditLog;
import com.claudemesh.mesh.Enrolment;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshSecrets;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.crypto.MalformedInviteException;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to invitations. */
@ApplicationScoped
public class InviteService {

    @Inject
    private EntityManager entities;

    @Inject
    private MeshService meshes;

    @Inject
    private MeshDirectory directory;

    @Inject
    private AuditLog audit;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    /** Makes an invitation; times are cut to whole seconds, as the signed texts carry them. */
    @Transactional
    public InviteLink create(MeshView mesh, Role role, int maxUses, Duration life, @Nullable String accountId) {
        MeshSecrets secrets = meshes.secrets(mesh.meshId());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Invite invite = new Invite();
        invite.id = Ids.next();
        invite.meshId = mesh.meshId();
        invite.code = RandomCode.inviteCode();
        invite.brokerUrl = settings.brokerUrl().toString();
        invite.role = role.wire();
        invite.maxUses = maxUses;
        invite.createdBy = accountId;
        invite.createdAt = now;
        invite.expiresAt = now.plus(life).truncatedTo(ChronoUnit.SECONDS);
        invite.tokenHash = Digests.sha256Hex(token(invite, mesh.slug(), secrets));
        invite.capabilityV2 = new InviteV2(
                        mesh.meshId(),
                        invite.id,
                        invite.expiresAt.getEpochSecond(),
                        invite.role,
                        secrets.ownerPublicKey())
                .capabilityJson(secrets.ownerSecretKey());
        entities.persist(invite);
        entities.flush();
        audit.append(mesh.meshId(), "invite_created", null, null, Map.of("inviteId", invite.id, "role", invite.role));
        return new InviteLink(invite.code, linkBase() + "/i/" + invite.code, invite.expiresAt);
    }

    private String linkBase() {
        return settings.appUrl().toString().replaceFirst("/+$", "");
    }

    /** The invitation's v1 token. Ed25519 signatures are deterministic, so it comes out the same every time. */
    private static String token(Invite invite, String slug, MeshSecrets secrets) {
        return new InviteV1(
                        invite.meshId,
                        slug,
                        invite.brokerUrl,
                        invite.expiresAt.getEpochSecond(),
                        secrets.rootKey(),
                        invite.role,
                        secrets.ownerPublicKey(),
                        "")
                .sign(secrets.ownerSecretKey())
                .token();
    }

    /** The token behind a short code; empty for an unknown, revoked, expired or used-up one. */
    @Transactional
    public Optional<String> tokenOf(String code) {
        return entities.createQuery("SELECT i FROM Invite i WHERE i.code = :code", Invite.class)
                .setParameter("code", code)
                .getResultStream()
                .findFirst()
                .filter(invite -> invite.isUsable(clock.instant()))
                .flatMap(invite -> directory
                        .mesh(invite.meshId)
                        .map(mesh -> token(invite, mesh.slug(), meshes.secrets(invite.meshId)))
                        // A mesh renamed since then makes another token than the one that was handed out.
                        .filter(token -> Digests.sha256Hex(token).equals(invite.tokenHash)));
    }

    /** What the holder of a usable token may see; empty otherwise. */
    @Transactional
    public Optional<InvitePreview> preview(String token) {
        return byToken(token)
                .filter(invite -> invite.isUsable(clock.instant()))
                .flatMap(invite -> directory
                        .mesh(invite.meshId)
                        .map(mesh -> new InvitePreview(
                                mesh.name(),
                                mesh.slug(),
                                directory.activeMembers(invite.meshId).size(),
                                invite.role,
                                invite.expiresAt,
                                invite.maxUses,
                                invite.usedCount)));
    }

    private Optional<Invite> byToken(String token) {
        return entities.createQuery("SELECT i FROM Invite i WHERE i.tokenHash = :hash", Invite.class)
                .setParameter("hash", Digests.sha256Hex(token))
                .getResultStream()
                .findFirst();
    }

    /** Uses an invitation: the checks of the protocol in their order, then one transaction for use and member. */
    @Transactional
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
        Optional<Invite> invite = byToken(request.token());
        if (invite.isEmpty() || !request.token().equals(payload.token())) {
            return refused("invite_not_found");
        }
        return consume(invite.get(), payload.meshId(), request);
    }

    private JoinOutcome consume(Invite invite, String meshId, JoinRequest request) {
        if (!invite.meshId.equals(meshId)) {
            return refused("invite_mesh_mismatch");
        }
        if (invite.revokedAt != null) {
            return refused("invite_revoked");
        }
        if (!clock.instant().isBefore(invite.expiresAt)) {
            return refused("invite_expired");
        }
        String publicKey = request.publicKey().toLowerCase(Locale.ROOT);
        if (!Curve25519Keys.isConvertible(publicKey)) {
            return refused("peer_pubkey must be a valid ed25519 key");
        }
        serializeJoinsOf(meshId, publicKey);
        Optional<Enrolment> existing = meshes.existing(meshId, publicKey);
        if (existing.isPresent()) {
            return existing.get() instanceof Enrolment.AlreadyMember member
                    ? new JoinOutcome.Joined(member.memberId(), true)
                    : refused("member_banned");
        }
        if (!takeUse(invite)) {
            return refused("invite_exhausted");
        }
        Role role = Role.fromWire(invite.role).orElse(Role.MEMBER);
        return enrolled(invite, meshes.enrol(meshId, publicKey, request.displayName(), role), request.displayName());
    }

    /** Two joins of one key at once: the second must see the first's member, and consume no use. */
    private void serializeJoinsOf(String meshId, String publicKey) {
        entities.createNativeQuery("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .setParameter(1, "join:" + meshId + ":" + publicKey)
                .getResultList();
    }

    private JoinOutcome enrolled(Invite invite, Enrolment enrolment, String displayName) {
        if (enrolment instanceof Enrolment.Added added) {
            entities.createNativeQuery("""
                            INSERT INTO mesh.invite_claim (invite_id, member_id, claimed_at) VALUES (?, ?, ?)
                            ON CONFLICT DO NOTHING""")
                    .setParameter(1, invite.id)
                    .setParameter(2, added.memberId())
                    .setParameter(3, Timestamp.from(clock.instant()))
                    .executeUpdate();
            audit.append(
                    invite.meshId,
                    "member_joined",
                    added.memberId(),
                    displayName,
                    Map.of("inviteId", invite.id, "role", invite.role));
            return new JoinOutcome.Joined(added.memberId(), false);
        }
        throw new IllegalStateException("the key was enrolled by a concurrent join");
    }

    /** Atomic: concurrent joins can never take more uses than there are. */
    private boolean takeUse(Invite invite) {
        return entities.createNativeQuery("""
                                UPDATE mesh.invite SET used_count = used_count + 1
                                WHERE id = ? AND used_count < max_uses AND revoked_at IS NULL AND expires_at > ?""")
                        .setParameter(1, invite.id)
                        .setParameter(2, Timestamp.from(clock.instant()))
                        .executeUpdate()
                == 1;
    }

    private static JoinOutcome.Refused refused(String error) {
        return new JoinOutcome.Refused(error);
    }
}
