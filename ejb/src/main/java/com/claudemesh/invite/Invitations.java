package com.claudemesh.invite;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mail.MailOutbox;
import com.claudemesh.mail.MailOutcome;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshSecrets;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door to invitations for those who make, look at and end them. Who may is the caller's to check. Blocking; safe for
 * any thread.
 */
public final class Invitations {
    private static final int MAX_INCOMING = 50;

    private final Transactions transactions;
    private final Meshes meshes;
    private final MeshDirectory directory;
    private final AuditChainStore chains;
    private final MailOutbox outbox;
    private final Clock clock;
    private final Links links;
    private final int maxPerMesh;

    /**
     * Where invitations lead.
     *
     * @param brokerUrl WebSocket address, part of v1 tokens
     * @param appBase base of short links, without a slash at its end
     */
    public record Links(String brokerUrl, String appBase) {}

    /** @param maxPerMesh usable invitations that a mesh may have at a time */
    public Invitations(
            Transactions transactions,
            Meshes meshes,
            MeshDirectory directory,
            AuditChainStore chains,
            MailOutbox outbox,
            Clock clock,
            Links links,
            int maxPerMesh) {
        this.transactions = transactions;
        this.meshes = meshes;
        this.directory = directory;
        this.chains = chains;
        this.outbox = outbox;
        this.clock = clock;
        this.links = links;
        this.maxPerMesh = maxPerMesh;
    }

    /**
     * Somebody who invites.
     *
     * @param accountId null for the operator
     */
    public record Inviter(Actor actor, @Nullable String accountId) {}

    /** Makes an invitation; times are cut to whole seconds, as the signed texts carry them. */
    public InviteOutcome create(MeshView mesh, InviteWish wish, Inviter inviter) {
        return transactions.run(connection -> create(connection, mesh, wish, inviter, null));
    }

    /**
     * Makes an invitation and mails it, as far as this server can send mail. An earlier one to the same address ends.
     *
     * @param email a checked address in lower case
     */
    public InviteOutcome createByMail(MeshView mesh, InviteWish wish, Inviter inviter, String email) {
        return transactions.run(connection -> create(connection, mesh, wish, inviter, email));
    }

    private InviteOutcome create(
            Connection connection, MeshView mesh, InviteWish wish, Inviter inviter, @Nullable String email)
            throws SQLException {
        Instant now = now();
        InviteStore.serialize(connection, mesh.meshId());
        if (InviteStore.countUsable(connection, mesh.meshId(), now) >= maxPerMesh) {
            return new InviteOutcome.TooMany(maxPerMesh);
        }
        MeshSecrets secrets = meshes.secrets(connection, mesh.meshId());
        Instant expiry = freeExpiry(connection, mesh, wish, now);
        Invite invite = signed(mesh, wish, inviter.accountId(), secrets, now, expiry);
        InviteStore.insert(connection, invite);
        String url = links.appBase() + "/i/" + invite.code();
        String pendingId = null;
        boolean emailed = false;
        if (email != null) {
            pendingId = PendingInvites.replace(connection, invite, email, inviter.accountId(), now);
            emailed = outbox.queue(
                            connection,
                            InviteMails.invitation(email, inviter.actor().displayName(), mesh, url, invite.expiresAt()))
                    instanceof MailOutcome.Queued;
        }
        record(connection, invite, "invite_created", inviter.actor());
        return new InviteOutcome.Created(new NewInvite(
                invite.id(),
                invite.code(),
                url,
                mesh.v1Invites() ? token(invite, secrets) : null,
                invite.signed(secrets.ownerPublicKey()).canonical(),
                secrets.ownerPublicKey(),
                invite.expiresAt(),
                pendingId,
                emailed));
    }

    /**
     * Nothing but its expiry tells two v1 tokens of the same mesh and role apart, and a token must be one invitation's: of
     * several that are made for the same second, the later ones end a little earlier.
     */
    private static Instant freeExpiry(Connection connection, MeshView mesh, InviteWish wish, Instant now)
            throws SQLException {
        Instant expiry = now.plus(wish.life()).truncatedTo(ChronoUnit.SECONDS);
        Set<Instant> taken = InviteStore.expiriesUpTo(connection, mesh.meshId(), expiry);
        while (taken.contains(expiry)) {
            expiry = expiry.minusSeconds(1);
        }
        return expiry;
    }

    private Invite signed(
            MeshView mesh,
            InviteWish wish,
            @Nullable String accountId,
            MeshSecrets secrets,
            Instant now,
            Instant expiry) {
        Invite unsigned = new Invite(
                Ids.next(),
                mesh.meshId(),
                RandomCode.inviteCode(),
                "",
                mesh.slug(),
                links.brokerUrl(),
                wish.role(),
                wish.maxUses(),
                0,
                wish.preset(),
                "",
                accountId,
                now,
                expiry,
                null);
        return new Invite(
                unsigned.id(),
                unsigned.meshId(),
                unsigned.code(),
                Digests.sha256Hex(token(unsigned, secrets)),
                unsigned.meshSlug(),
                unsigned.brokerUrl(),
                unsigned.role(),
                unsigned.maxUses(),
                0,
                unsigned.preset(),
                unsigned.signed(secrets.ownerPublicKey()).capabilityJson(secrets.ownerSecretKey()),
                accountId,
                now,
                unsigned.expiresAt(),
                null);
    }

    /** The invitation's v1 token. Ed25519 signatures are deterministic, so it comes out the same every time. */
    private static String token(Invite invite, MeshSecrets secrets) {
        return new InviteV1(
                        invite.meshId(),
                        invite.meshSlug(),
                        invite.brokerUrl(),
                        invite.expiresAt().getEpochSecond(),
                        secrets.rootKey(),
                        invite.role().wire(),
                        secrets.ownerPublicKey(),
                        "")
                .sign(secrets.ownerSecretKey())
                .token();
    }

    /** What a short code stands for; empty for an unknown, revoked, expired or used-up one. */
    public Optional<ResolvedCode> resolve(String code) {
        Optional<Invite> invite = transactions.run(connection -> InviteStore.byCode(connection, code));
        return invite.filter(found -> found.isUsable(clock.instant()))
                .flatMap(found -> directory.mesh(found.meshId()).map(mesh -> resolved(found, mesh)));
    }

    private ResolvedCode resolved(Invite invite, MeshView mesh) {
        return new ResolvedCode(
                invite.code(),
                mesh.slug(),
                mesh.name(),
                invite.brokerUrl(),
                mesh.ownerPublicKey(),
                invite.signed(mesh.ownerPublicKey()).canonical(),
                invite.expiresAt(),
                invite.role().wire(),
                mesh.v1Invites() ? token(invite, meshes.secrets(invite.meshId())) : null);
    }

    /** What the holder of a v1 token may see. Uses nothing up. */
    public InvitePreview preview(String token) {
        InviteV1 payload;
        try {
            payload = InviteV1.parseToken(token);
        } catch (IllegalArgumentException e) {
            return InvitePreview.Invalid.because("malformed");
        }
        if (!payload.signatureValid()) {
            return InvitePreview.Invalid.because("bad_signature");
        }
        Optional<MeshView> mesh = directory.mesh(payload.meshId());
        boolean foreignKey = mesh.isPresent() && !mesh.get().ownerPublicKey().equals(payload.ownerPubkey());
        if (foreignKey) {
            return InvitePreview.Invalid.because("bad_signature");
        }
        Optional<Invite> invite =
                transactions.run(connection -> InviteStore.byTokenHash(connection, Digests.sha256Hex(token)));
        boolean usedHere = mesh.isEmpty() || mesh.get().v1Invites();
        return invite.isPresent() && usedHere
                ? preview(invite.get(), mesh)
                : InvitePreview.Invalid.because("not_found");
    }

    private InvitePreview preview(Invite invite, Optional<MeshView> mesh) {
        Instant now = clock.instant();
        String flaw = null;
        if (invite.isRevoked()) {
            flaw = "revoked";
        } else if (mesh.isEmpty()) {
            flaw = "mesh_archived";
        } else if (invite.isExpired(now)) {
            flaw = "expired";
        } else if (invite.isExhausted()) {
            flaw = "exhausted";
        }
        if (flaw != null) {
            String name = transactions
                    .run(connection -> InviteStore.meshName(connection, invite.meshId()))
                    .orElse(null);
            return new InvitePreview.Invalid(flaw, name, invite.createdBy(), invite.expiresAt());
        }
        return new InvitePreview.Valid(
                mesh.get().name(),
                mesh.get().slug(),
                invite.createdBy(),
                directory.activeMembers(invite.meshId()).size(),
                invite.role().wire(),
                invite.expiresAt(),
                invite.maxUses(),
                invite.usedCount());
    }

    /** An invitation by its id, whatever its state. */
    public Optional<Invite> find(String inviteId) {
        return transactions.run(connection -> InviteStore.byId(connection, inviteId));
    }

    /** The v1 token of an invitation of a live mesh that has such invitations. */
    public Optional<String> tokenOf(Invite invite) {
        return directory
                .mesh(invite.meshId())
                .filter(MeshView::v1Invites)
                .map(mesh -> token(invite, meshes.secrets(invite.meshId())));
    }

    /** Ends an invitation; from the next moment on nobody joins by it. Also done when it had ended before. */
    public void revoke(Invite invite, Actor actor) {
        transactions.execute(connection -> {
            if (InviteStore.revoke(connection, invite.id(), now())) {
                record(connection, invite, "invite_revoked", actor);
            }
        });
    }

    /** Invitations of a mesh, newest first. */
    public List<Invite> ofMesh(String meshId, int maxRows) {
        return transactions.run(connection -> InviteStore.ofMesh(connection, meshId, maxRows));
    }

    /** Invitations to live meshes that an account has made, newest first. */
    public List<SentInvite> sentBy(String accountId, int maxRows) {
        return transactions.run(connection -> InviteStore.sentBy(connection, accountId, maxRows));
    }

    /** What waits for an answer of an e-mail address, newest first; at most fifty. */
    public List<IncomingInvite> incoming(String email) {
        return transactions.run(
                connection -> PendingInvites.incoming(connection, email, clock.instant(), MAX_INCOMING));
    }

    /** Declines an invitation that was sent to the address; it cannot be used any more. False when none waits there. */
    public boolean decline(String email, String pendingId, String name) {
        return transactions.run(connection -> {
            Optional<PendingInvites.Declined> declined = PendingInvites.decline(connection, email, pendingId, now());
            if (declined.isEmpty()) {
                return false;
            }
            InviteStore.revoke(connection, declined.get().inviteId(), now());
            chains.append(
                    connection,
                    List.of(AuditEvent.of(
                            declined.get().meshId(),
                            "invite_declined",
                            null,
                            name,
                            Map.of("inviteId", declined.get().inviteId()),
                            clock.instant())));
            return true;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void record(Connection connection, Invite invite, String type, Actor actor) throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(
                        invite.meshId(),
                        type,
                        actor.memberId(),
                        actor.displayName(),
                        Map.of("inviteId", invite.id(), "role", invite.role().wire(), "maxUses", invite.maxUses()),
                        clock.instant())));
    }
}
