package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads live meshes with their members: what the directory keeps in memory. Blocking. */
@ApplicationScoped
public class MeshService {
    private static final TypeReference<List<GroupLabel>> GROUPS = new TypeReference<>() {};

    @Inject
    private EntityManager entities;

    /** A live mesh by slug or id. */
    @Transactional
    public Optional<MeshView> find(String slugOrId) {
        return entities.createQuery("SELECT m FROM Mesh m WHERE m.slug = :slug AND m.archivedAt IS NULL", Mesh.class)
                .setParameter("slug", slugOrId)
                .getResultStream()
                .findFirst()
                .or(() -> Optional.ofNullable(entities.find(Mesh.class, slugOrId)))
                .filter(mesh -> mesh.archivedAt == null)
                .map(MeshService::view);
    }

    /** Everything about a live mesh, for the directory. */
    @Transactional
    public Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        Mesh mesh = entities.find(Mesh.class, meshId);
        if (mesh == null || mesh.archivedAt != null) {
            return Optional.empty();
        }
        Map<String, Set<Permission>> rights = rights(meshId);
        List<MemberView> members = entities.createQuery("SELECT m FROM Member m WHERE m.meshId = :mesh", Member.class)
                .setParameter("mesh", meshId)
                .getResultStream()
                .map(member -> view(member, mesh, rights.get(member.id)))
                .toList();
        return Optional.of(new MeshDirectory.Snapshot(view(mesh), members));
    }

    /** Rights of the members whose rights differ from those of their standing. */
    private Map<String, Set<Permission>> rights(String meshId) {
        List<?> rows = entities.createNativeQuery("""
                        SELECT p.member_id, array_to_string(p.granted, ',') FROM mesh.permission p
                        JOIN mesh.member m ON m.id = p.member_id WHERE m.mesh_id = ?""").setParameter(1, meshId).getResultList();
        Map<String, Set<Permission>> rights = new HashMap<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            rights.put((String) columns[0], permissions((String) columns[1]));
        }
        return rights;
    }

    private static Set<Permission> permissions(String names) {
        return Stream.of(names.split(","))
                .map(Permission::fromWire)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static MeshView view(Mesh mesh) {
        try {
            HelloAck.SelfEditable policy = Json.mapper().readValue(mesh.selfEditable, HelloAck.SelfEditable.class);
            return new MeshView(
                    mesh.id, mesh.slug, mesh.name, mesh.ownerPublicKey, policy, mesh.ownerAccountId, mesh.v1Invites);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("self_editable of mesh " + mesh.id + " is unreadable", e);
        }
    }

    private static MemberView view(Member member, Mesh mesh, @Nullable Set<Permission> granted) {
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
                    Grants.parse(member.peerGrants),
                    member.accountId,
                    member.keyless,
                    granted);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("default_groups of member " + member.id + " is unreadable", e);
        }
    }
}
