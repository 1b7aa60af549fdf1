package com.claudemesh.mesh;

import com.claudemesh.audit.AuditLog;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.naming.Slugs;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to meshes and members. Blocking. */
@ApplicationScoped
public class MeshService {
    private static final int ROOT_KEY_BYTES = 32;
    private static final int MAX_SLUG_SUFFIX = 100;
    private static final TypeReference<List<GroupLabel>> GROUPS = new TypeReference<>() {};

    @Inject
    private EntityManager entities;

    @Inject
    private AtRestCipher atRest;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    @Inject
    private Event<MeshChanged> changes;

    /**
     * Makes a mesh with its keys and its owner member.
     *
     * @param ownerMemberKey the creator's own key, 64 hex digits; null when nobody is a member yet
     * @return empty when {@code slug} and its numbered variants are all taken
     */
    @Transactional
    public Optional<MeshCreated> create(
            String name, @Nullable String slug, @Nullable String ownerMemberKey, @Nullable String ownerAccountId) {
        Optional<String> free = freeSlug(slug == null ? Slugs.fromName(name) : slug);
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SigningKeyPair owner = SigningKeyPair.generate();
        String rootKey = Base64Text.encodeUrl(RandomBytes.of(ROOT_KEY_BYTES));
        Mesh mesh = new Mesh();
        mesh.id = Ids.next();
        mesh.name = name;
        mesh.slug = free.get();
        mesh.ownerAccountId = ownerAccountId;
        mesh.ownerPublicKey = owner.publicHex();
        mesh.ownerSecretEncrypted = atRest.encrypt(owner.secretHex(), ownerSecretPlace(mesh.id));
        mesh.rootKeyEncrypted = atRest.encrypt(rootKey, rootKeyPlace(mesh.id));
        mesh.createdAt = now;
        entities.persist(mesh);
        // The mesh first: without mapped relations the order of inserts in one flush is anybody's guess.
        entities.flush();
        String ownerMemberId = ownerMemberKey == null ? null : addOwner(mesh, ownerMemberKey, now);
        entities.flush();
        audit.append(mesh.id, "mesh_created", ownerMemberId, null, Map.of("slug", mesh.slug));
        changes.fire(new MeshChanged(mesh.id));
        return Optional.of(new MeshCreated(mesh.id, mesh.slug, name, ownerMemberId, mesh.ownerPublicKey, rootKey));
    }

    private String addOwner(Mesh mesh, String publicKey, Instant now) {
        Member owner = newMember(mesh.id, publicKey, mesh.name + "-owner", Role.ADMIN, now);
        owner.accountId = mesh.ownerAccountId;
        entities.persist(owner);
        return owner.id;
    }

    private Optional<String> freeSlug(String wanted) {
        String base = wanted.isEmpty() ? Slugs.FALLBACK : wanted;
        for (int i = 1; i <= MAX_SLUG_SUFFIX; i++) {
            String candidate = i == 1 ? base : base + "-" + i;
            if (findBySlug(candidate).isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private Optional<Mesh> findBySlug(String slug) {
        return entities.createQuery("SELECT m FROM Mesh m WHERE m.slug = :slug AND m.archivedAt IS NULL", Mesh.class)
                .setParameter("slug", slug)
                .getResultStream()
                .findFirst();
    }

    /** A live mesh by slug or id. */
    @Transactional
    public Optional<MeshView> find(String slugOrId) {
        return findBySlug(slugOrId)
                .or(() -> Optional.ofNullable(entities.find(Mesh.class, slugOrId)))
                .filter(mesh -> mesh.archivedAt == null)
                .map(MeshService::view);
    }

    /** The keys of a live mesh. */
    @Transactional
    public MeshSecrets secrets(String meshId) {
        Mesh mesh = entities.find(Mesh.class, meshId);
        return new MeshSecrets(
                mesh.ownerPublicKey,
                decrypt(mesh.ownerSecretEncrypted, ownerSecretPlace(meshId)),
                decrypt(mesh.rootKeyEncrypted, rootKeyPlace(meshId)));
    }

    private String decrypt(String stored, String place) {
        return atRest.decrypt(stored, place)
                .orElseThrow(() -> new IllegalStateException(
                        "a key at rest cannot be decrypted: is BROKER_ENCRYPTION_KEY the one it was written with?"));
    }

    private static String ownerSecretPlace(String meshId) {
        return "mesh.owner_secret|" + meshId;
    }

    private static String rootKeyPlace(String meshId) {
        return "mesh.root_key|" + meshId;
    }

    /** Finds the member of a key; used before an invitation is consumed. */
    @Transactional
    public Optional<Enrolment> existing(String meshId, String publicKey) {
        return findMember(meshId, publicKey, LockModeType.NONE).flatMap(member -> {
            if (member.revokedAt != null) {
                return Optional.of(new Enrolment.Banned());
            }
            return member.isActive() ? Optional.of(new Enrolment.AlreadyMember(member.id)) : Optional.empty();
        });
    }

    /** Adds a member; one that had left gets its row back. Joins the caller's transaction. */
    @Transactional
    public Enrolment enrol(String meshId, String publicKey, String displayName, Role role) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Member> known = findMember(meshId, publicKey, LockModeType.PESSIMISTIC_WRITE);
        if (known.isPresent() && known.get().revokedAt != null) {
            return new Enrolment.Banned();
        }
        if (known.isPresent() && known.get().isActive()) {
            return new Enrolment.AlreadyMember(known.get().id);
        }
        Member member = known.orElseGet(() -> newMember(meshId, publicKey, displayName, role, now));
        member.leftAt = null;
        member.role = role.wire();
        member.displayName = displayName;
        entities.persist(member);
        entities.flush();
        changes.fire(new MeshChanged(meshId));
        return new Enrolment.Added(member.id);
    }

    private Optional<Member> findMember(String meshId, String publicKey, LockModeType lock) {
        return entities.createQuery(
                        "SELECT m FROM Member m WHERE m.meshId = :mesh AND m.publicKey = :key", Member.class)
                .setParameter("mesh", meshId)
                .setParameter("key", publicKey)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    private static Member newMember(String meshId, String publicKey, String displayName, Role role, Instant now) {
        Member member = new Member();
        member.id = Ids.next();
        member.meshId = meshId;
        member.publicKey = publicKey.toLowerCase(Locale.ROOT);
        member.displayName = displayName;
        member.role = role.wire();
        member.joinedAt = now;
        return member;
    }

    /** Everything about a live mesh, for the directory. */
    @Transactional
    public Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        Mesh mesh = entities.find(Mesh.class, meshId);
        if (mesh == null || mesh.archivedAt != null) {
            return Optional.empty();
        }
        List<MemberView> members = entities.createQuery("SELECT m FROM Member m WHERE m.meshId = :mesh", Member.class)
                .setParameter("mesh", meshId)
                .getResultStream()
                .map(member -> view(member, mesh))
                .toList();
        return Optional.of(new MeshDirectory.Snapshot(view(mesh), members));
    }

    private static MeshView view(Mesh mesh) {
        try {
            HelloAck.SelfEditable policy = Json.mapper().readValue(mesh.selfEditable, HelloAck.SelfEditable.class);
            return new MeshView(mesh.id, mesh.slug, mesh.name, mesh.ownerPublicKey, policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("self_editable of mesh " + mesh.id + " is unreadable", e);
        }
    }

    private static MemberView view(Member member, Mesh mesh) {
        try {
            return new MemberView(
                    member.id,
                    member.meshId,
                    member.publicKey,
                    member.displayName,
                    Role.fromWire(member.role).orElse(Role.MEMBER),
                    member.accountId != null && member.accountId.equals(mesh.ownerAccountId),
                    member.roleTag,
                    Json.mapper().readValue(member.defaultGroups, GROUPS),
                    member.messageMode,
                    !member.isActive(),
                    Grants.parse(member.peerGrants));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("default_groups of member " + member.id + " is unreadable", e);
        }
    }
}
