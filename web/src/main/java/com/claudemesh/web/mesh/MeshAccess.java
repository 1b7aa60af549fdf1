package com.claudemesh.web.mesh;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Caller;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Principal;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.mesh.Standing;
import com.claudemesh.web.access.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The caller of the current request as meshes know it. Only for resources that require a person or the operator. */
@RequestScoped
public class MeshAccess {

    @Inject
    private CurrentCaller caller;

    @Inject
    private Authorization authorization;

    @Inject
    private MeshDirectory directory;

    @Inject
    private MeshService meshes;

    /** A live mesh by slug or id. */
    public Optional<MeshView> find(String slugOrId) {
        return meshes.find(slugOrId);
    }

    public Principal principal() {
        return caller.caller() instanceof Caller.TheOperator
                ? new Principal.TheOperator()
                : new Principal.OfAccount(caller.account().id());
    }

    /** Id of the caller's account; empty for the operator and for strangers. */
    public Optional<String> accountId() {
        return caller.person().map(Account::id);
    }

    public boolean may(Requirement requirement, String meshId) {
        return authorization.permits(requirement, meshId, principal());
    }

    /** What the caller is in the mesh; empty for strangers. */
    public Optional<Standing> standing(String meshId) {
        return authorization.standing(meshId, principal());
    }

    /** The caller's active members in the mesh, first those that administer. */
    public List<MemberView> members(String meshId) {
        return accountId().stream()
                .flatMap(account -> directory.membersOfAccount(meshId, account).stream())
                .sorted(Comparator.comparing(MemberView::standing).reversed().thenComparing(MemberView::memberId))
                .toList();
    }

    /** The caller as the audit record names it: by its member, if it has one. */
    public Actor actor(String meshId) {
        if (caller.caller() instanceof Caller.TheOperator) {
            return Actor.OPERATOR;
        }
        return members(meshId).stream()
                .findFirst()
                .map(member -> new Actor(member.memberId(), member.displayName()))
                .orElseGet(() -> new Actor(null, caller.account().name()));
    }

    /** The caller with everything that it may do; only when {@link #standing} is not empty. */
    public Members.Asking asking(String meshId) {
        return new Members.Asking(
                actor(meshId),
                standing(meshId).orElseThrow(() -> new IllegalStateException("a stranger asks")),
                authorization.permissions(meshId, principal()));
    }
}
