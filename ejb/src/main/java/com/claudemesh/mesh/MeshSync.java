package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SyncProofText;
import com.claudemesh.protocol.crypto.token.SyncToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a signed-in person's meshes reach its command line: a token that works once, made in the browser, and the
 * memberships that it is exchanged for. The token only names meshes; what the person is in them is read when it is used.
 * Blocking; safe for any thread.
 */
public final class MeshSync {
    /** How long a used token is remembered; longer than any is good for. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Transactions transactions;
    private final Enrolments enrolments;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;
    private final String secret;

    /**
     * @param changed is told the id of a mesh after a member of it was committed
     * @param secret signs the tokens, and nothing else
     */
    public MeshSync(
            Transactions transactions,
            Enrolments enrolments,
            AuditChainStore chains,
            Clock clock,
            Consumer<String> changed,
            String secret) {
        this.transactions = transactions;
        this.enrolments = enrolments;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
        this.secret = secret;
    }

    /** Makes a token for those of the meshes that the account owns or is a member of. */
    public String issue(
            String accountId,
            String email,
            Collection<String> meshIds,
            String action,
            SyncToken.@Nullable NewMesh newMesh) {
        List<SyncToken.MeshGrant> grants = transactions.run(connection -> {
            List<SyncToken.MeshGrant> own = new ArrayList<>();
            for (String meshId : meshIds) {
                live(connection, accountId, meshId)
                        .ifPresent(mesh -> own.add(new SyncToken.MeshGrant(
                                mesh.meshId(),
                                mesh.slug(),
                                mesh.standing().role().wire())));
            }
            return own;
        });
        long now = clock.instant().getEpochSecond();
        return new SyncToken(
                        accountId,
                        email,
                        grants,
                        action,
                        newMesh,
                        UUID.randomUUID().toString(),
                        now,
                        now + SyncToken.LIFETIME_SECONDS)
                .issue(secret);
    }

    private static Optional<MeshListing> live(Connection connection, String accountId, String meshId)
            throws SQLException {
        return MeshStore.listing(connection, accountId, meshId).filter(mesh -> mesh.archivedAt() == null);
    }

    /** Checks a token and uses it up. */
    public SyncToken.Result redeem(String token) {
        return SyncToken.verify(token, secret, clock.instant().getEpochSecond(), this::firstUse);
    }

    private boolean firstUse(String tokenId) {
        return transactions.run(connection -> Sql.update(
                        connection,
                        "INSERT INTO public.sync_token_use (token_id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        tokenId,
                        clock.instant().plus(REMEMBERED)))
                == 1;
    }

    /** A membership that a command line gets. */
    public record Membership(String meshId, String slug, String memberId, Role role) {}

    /**
     * Makes a key a member of the meshes that a redeemed token names, as far as the account still belongs to them.
     *
     * @param publicKey 64 lower-case hex digits of a valid ed25519 key
     * @param proof the key's signature over {@link SyncProofText}; without it no existing member is tied to the account
     */
    public List<Membership> enrol(
            SyncToken token, String tokenText, String publicKey, String displayName, @Nullable String proof) {
        boolean proven =
                proof != null && Signatures.verify(SyncProofText.canonical(tokenText, publicKey), proof, publicKey);
        List<Membership> memberships = new ArrayList<>();
        for (SyncToken.MeshGrant grant : token.meshes()) {
            transactions
                    .run(connection -> enrol(connection, token.accountId(), grant.id(), publicKey, displayName, proven))
                    .ifPresent(memberships::add);
        }
        memberships.forEach(membership -> changed.accept(membership.meshId()));
        return memberships;
    }

    private Optional<Membership> enrol(
            Connection connection,
            String accountId,
            String meshId,
            String publicKey,
            String displayName,
            boolean proven)
            throws SQLException {
        Optional<MeshListing> mesh = live(connection, accountId, meshId);
        if (mesh.isEmpty()) {
            return Optional.empty();
        }
        Role role = mesh.get().standing().role();
        Enrolment enrolment = enrolments.enrol(
                connection, new Joining(meshId, publicKey, role, MemberProfile.named(displayName), accountId));
        if (enrolment instanceof Enrolment.Added added) {
            record(connection, meshId, "member_joined", added.memberId(), displayName, role);
            return Optional.of(membership(mesh.get(), added.memberId(), role));
        }
        if (!(enrolment instanceof Enrolment.AlreadyMember member)) {
            return Optional.empty();
        }
        if (proven) {
            EnrolmentStore.link(connection, member.memberId(), accountId);
            record(connection, meshId, "member_linked", member.memberId(), displayName, role);
        }
        return Optional.of(membership(mesh.get(), member.memberId(), role));
    }

    private static Membership membership(MeshListing mesh, String memberId, Role role) {
        return new Membership(mesh.meshId(), mesh.slug(), memberId, role);
    }

    private void record(Connection connection, String meshId, String type, String memberId, String name, Role role)
            throws SQLException {
        Instant now = clock.instant();
        chains.append(
                connection,
                List.of(AuditEvent.of(meshId, type, memberId, name, Map.of("via", "sync", "role", role.wire()), now)));
    }

    /** Deletes up to {@code maxRows} used tokens that nobody could use again anyway; returns how many. */
    public int sweep(Connection connection, int maxRows) throws SQLException {
        return Sql.update(connection, """
                DELETE FROM public.sync_token_use WHERE token_id IN (
                    SELECT token_id FROM public.sync_token_use WHERE expires_at < ?
                    LIMIT ? FOR UPDATE SKIP LOCKED)""", clock.instant(), maxRows);
    }
}
