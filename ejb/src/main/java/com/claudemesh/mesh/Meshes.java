package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.naming.Slugs;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door to meshes for those who make and change them. Each change is one transaction with its audit event, and is
 * announced after the commit. Who may ask is the caller's to check. Blocking; safe for any thread.
 */
public final class Meshes {
    static final String OWNER_SECRET_PLACE = "mesh.owner_secret";
    static final String ROOT_KEY_PLACE = "mesh.root_key";

    private static final int ROOT_KEY_BYTES = 32;
    private static final int MAX_SLUG_SUFFIX = 100;

    private final Transactions transactions;
    private final AuditChainStore chains;
    private final AtRestCipher atRest;
    private final Clock clock;
    private final Consumer<String> changed;
    private final int maxPerAccount;

    /**
     * @param changed is told the id of a mesh after something about it was committed
     * @param maxPerAccount live meshes that one account may own
     */
    public Meshes(
            Transactions transactions,
            AuditChainStore chains,
            AtRestCipher atRest,
            Clock clock,
            Consumer<String> changed,
            int maxPerAccount) {
        this.transactions = transactions;
        this.chains = chains;
        this.atRest = atRest;
        this.clock = clock;
        this.changed = changed;
        this.maxPerAccount = maxPerAccount;
    }

    /** Makes a mesh with its keys and its owner member; all of it or nothing. */
    public MeshCreation create(NewMesh wish) {
        MeshCreation outcome = transactions.run(connection -> create(connection, wish));
        if (outcome instanceof MeshCreation.Created created) {
            changed.accept(created.mesh().meshId());
        }
        return outcome;
    }

    private MeshCreation create(Connection connection, NewMesh wish) throws SQLException {
        MeshStore.serializeSlugs(connection);
        String owner = wish.ownerAccountId();
        if (owner != null && MeshStore.countOwned(connection, owner) >= maxPerAccount) {
            return new MeshCreation.TooMany(maxPerAccount);
        }
        Optional<String> slug = freeSlug(connection, wish.slug() == null ? Slugs.fromName(wish.name()) : wish.slug());
        if (slug.isEmpty()) {
            return new MeshCreation.NoFreeSlug();
        }
        Instant now = now();
        String meshId = Ids.next();
        SigningKeyPair ownerKeys = SigningKeyPair.generate();
        String rootKey = Base64Text.encodeUrl(RandomBytes.of(ROOT_KEY_BYTES));
        MeshStore.Keys keys = new MeshStore.Keys(
                ownerKeys.publicHex(),
                atRest.encrypt(ownerKeys.secretHex(), ownerSecretPlace(meshId)),
                atRest.encrypt(rootKey, rootKeyPlace(meshId)));
        MeshStore.insert(connection, meshId, slug.get(), wish, keys, now);
        String memberId = addOwner(connection, meshId, wish, now);
        record(
                connection,
                meshId,
                "mesh_created",
                new Actor(memberId, wish.name() + "-owner"),
                Map.of("slug", slug.get()));
        return new MeshCreation.Created(
                new MeshCreated(meshId, slug.get(), wish.name(), memberId, keys.ownerPublicKey(), rootKey));
    }

    /** An owner that has no key yet gets one that nobody holds. */
    private static String addOwner(Connection connection, String meshId, NewMesh wish, Instant now)
            throws SQLException {
        boolean keyless = wish.ownerMemberKey() == null;
        String key = keyless ? SigningKeyPair.generate().publicHex() : wish.ownerMemberKey();
        MemberProfile profile = MemberProfile.named(wish.name() + "-owner");
        return EnrolmentStore.insert(
                connection,
                new EnrolmentStore.NewMember(
                        Ids.next(), meshId, key, Role.ADMIN, profile, wish.ownerAccountId(), keyless, now));
    }

    private static Optional<String> freeSlug(Connection connection, String wanted) throws SQLException {
        String base = wanted.isEmpty() ? Slugs.FALLBACK : wanted;
        for (int i = 1; i <= MAX_SLUG_SUFFIX; i++) {
            String candidate = i == 1 ? base : base + "-" + i;
            if (!MeshStore.isSlugTaken(connection, candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The decrypted keys of a mesh. */
    public MeshSecrets secrets(String meshId) {
        return transactions.run(connection -> secrets(connection, meshId));
    }

    /** As {@link #secrets(String)}, in the caller's transaction. */
    public MeshSecrets secrets(Connection connection, String meshId) throws SQLException {
        MeshStore.Keys keys =
                MeshStore.keys(connection, meshId).orElseThrow(() -> new IllegalStateException("no such mesh"));
        return new MeshSecrets(
                keys.ownerPublicKey(),
                decrypt(keys.ownerSecretEncrypted(), ownerSecretPlace(meshId)),
                decrypt(keys.rootKeyEncrypted(), rootKeyPlace(meshId)));
    }

    private String decrypt(String stored, String place) {
        return atRest.decrypt(stored, place)
                .orElseThrow(() -> new IllegalStateException(
                        "a key at rest cannot be decrypted: is BROKER_ENCRYPTION_KEY the one it was written with?"));
    }

    private static String ownerSecretPlace(String meshId) {
        return OWNER_SECRET_PLACE + "|" + meshId;
    }

    private static String rootKeyPlace(String meshId) {
        return ROOT_KEY_PLACE + "|" + meshId;
    }

    /** Gives a live mesh another name; its slug stays. */
    public MeshChange rename(String meshId, Actor actor, String name) {
        return change(meshId, (connection, mesh) -> {
            if (!mesh.name().equals(name)) {
                MeshStore.rename(connection, meshId, name);
                record(connection, meshId, "mesh_renamed", actor, Map.of("name", name));
            }
            return new MeshChange.Done();
        });
    }

    /** Gives a live mesh another slug, and the slug as its name. */
    public MeshChange moveTo(String meshId, Actor actor, String slug) {
        return change(meshId, (connection, mesh) -> {
            if (mesh.slug().equals(slug)) {
                return new MeshChange.Done();
            }
            MeshStore.serializeSlugs(connection);
            if (MeshStore.isSlugTaken(connection, slug)) {
                return new MeshChange.SlugTaken();
            }
            MeshStore.moveTo(connection, meshId, slug);
            record(connection, meshId, "mesh_renamed", actor, Map.of("slug", slug, "formerSlug", mesh.slug()));
            return new MeshChange.Done();
        });
    }

    /**
     * Changes what members may change about themselves, and which invitations there are.
     *
     * @param policy null to leave it as it is
     * @param v1Invites null to leave it as it is
     */
    public MeshChange changePolicy(
            String meshId, Actor actor, HelloAck.@Nullable SelfEditable policy, @Nullable Boolean v1Invites) {
        return change(meshId, (connection, mesh) -> {
            String selfEditable = policy == null ? mesh.selfEditable() : json(policy);
            boolean links = v1Invites == null ? mesh.v1Invites() : v1Invites;
            MeshStore.setPolicy(connection, meshId, selfEditable, links);
            record(
                    connection,
                    meshId,
                    "mesh_settings_changed",
                    actor,
                    policy == null
                            ? Map.of("v1Invites", links)
                            : Map.of("selfEditable", Json.mapper().valueToTree(policy), "v1Invites", links));
            return new MeshChange.Done();
        });
    }

    private static String json(HelloAck.SelfEditable policy) {
        try {
            return Json.mapper().writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy cannot be written", e);
        }
    }

    /**
     * Ends a mesh for good. Its invitations and API keys end with it, because they work in live meshes only; the audit
     * record stays. Ending its connections is the caller's part.
     */
    public MeshChange archive(String meshId, Actor actor) {
        return change(meshId, (connection, mesh) -> {
            MeshStore.archive(connection, meshId, now());
            record(connection, meshId, "mesh_archived", actor, Map.of("slug", mesh.slug()));
            return new MeshChange.Done();
        });
    }

    /** Makes the account behind an active member the owner; its members become administrators. */
    public MeshChange transfer(String meshId, Actor actor, String newOwnerMemberId) {
        return change(meshId, (connection, mesh) -> {
            Optional<String> account = EnrolmentStore.accountOfActive(connection, meshId, newOwnerMemberId);
            if (account.isEmpty()) {
                return new MeshChange.NoSuchOwner();
            }
            if (account.get().equals(mesh.ownerAccountId())) {
                return new MeshChange.Done();
            }
            MeshStore.setOwner(connection, meshId, account.get());
            EnrolmentStore.promote(connection, meshId, account.get());
            record(connection, meshId, "mesh_transferred", actor, Map.of("newOwnerMemberId", newOwnerMemberId));
            return new MeshChange.Done();
        });
    }

    @FunctionalInterface
    private interface Change {
        MeshChange apply(Connection connection, MeshStore.Locked mesh) throws SQLException;
    }

    private MeshChange change(String meshId, Change change) {
        MeshChange outcome = transactions.run(connection -> {
            Optional<MeshStore.Locked> mesh = MeshStore.lock(connection, meshId);
            return mesh.isPresent() ? change.apply(connection, mesh.get()) : new MeshChange.NotFound();
        });
        if (outcome instanceof MeshChange.Done) {
            changed.accept(meshId);
        }
        return outcome;
    }

    /** The meshes that an account owns or is a member of, newest first. */
    public MeshPage listOf(String accountId, MeshQuery query) {
        return transactions.run(connection -> new MeshPage(
                MeshStore.listings(connection, accountId, query), MeshStore.count(connection, accountId, query)));
    }

    /** A mesh, archived or not, for an account that owns it or is a member of it; empty for everybody else. */
    public Optional<MeshDetails> details(String accountId, String meshId) {
        return transactions.run(connection -> {
            Optional<MeshListing> listing = MeshStore.listing(connection, accountId, meshId);
            return listing.isEmpty()
                    ? Optional.<MeshDetails>empty()
                    : Optional.of(MeshStore.details(connection, listing.get()));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void record(Connection connection, String meshId, String type, Actor actor, Map<String, ?> payload)
            throws SQLException {
        chains.append(
                connection,
                List.of(AuditEvent.of(meshId, type, actor.memberId(), actor.displayName(), payload, clock.instant())));
    }
}
