package com.claudemesh.mesh;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place that decides who may do what in a mesh, for the socket and for HTTP. From memory: a ban or a new role holds
 * from the moment that the directory has seen it. Nobody may do anything in a mesh that is archived or that does not exist.
 * Safe for any thread.
 */
public final class Authorization {
    private final MeshDirectory directory;

    public Authorization(MeshDirectory directory) {
        this.directory = directory;
    }

    /** Whether a member may do it. */
    public boolean permits(Requirement requirement, String meshId, String memberId) {
        return permits(requirement, meshId, new Principal.OfMember(memberId));
    }

    public boolean permits(Requirement requirement, String meshId, Principal principal) {
        if (requirement instanceof Permission permission) {
            return permissions(meshId, principal).contains(permission);
        }
        return standing(meshId, principal)
                .filter(standing -> standing.compareTo((Standing) requirement) >= 0)
                .isPresent();
    }

    /** What somebody is in the mesh; empty for strangers and for those whose access was revoked. */
    public Optional<Standing> standing(String meshId, Principal principal) {
        Optional<MeshView> mesh = directory.mesh(meshId);
        if (mesh.isEmpty()) {
            return Optional.empty();
        }
        if (principal instanceof Principal.TheOperator || owns(mesh.get(), principal)) {
            return Optional.of(Standing.OWNER);
        }
        return membersOf(meshId, principal).stream().map(MemberView::standing).max(Standing::compareTo);
    }

    /** Everything that somebody may do in the mesh; for a person, what any of its members may. */
    public Set<Permission> permissions(String meshId, Principal principal) {
        Optional<MeshView> mesh = directory.mesh(meshId);
        if (mesh.isEmpty()) {
            return Set.of();
        }
        Collection<MemberView> members = membersOf(meshId, principal);
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        members.forEach(member -> all.addAll(member.permissions()));
        if (principal instanceof Principal.TheOperator || members.isEmpty() && owns(mesh.get(), principal)) {
            all.addAll(Permission.defaults(Standing.OWNER));
        }
        return all;
    }

    private static boolean owns(MeshView mesh, Principal principal) {
        return principal instanceof Principal.OfAccount person
                && person.accountId().equals(mesh.ownerAccountId());
    }

    private Collection<MemberView> membersOf(String meshId, Principal principal) {
        if (principal instanceof Principal.OfMember member) {
            return directory.memberById(meshId, member.memberId()).filter(one -> !one.revoked()).stream()
                    .toList();
        }
        return principal instanceof Principal.OfAccount person
                ? directory.membersOfAccount(meshId, person.accountId())
                : List.of();
    }
}
