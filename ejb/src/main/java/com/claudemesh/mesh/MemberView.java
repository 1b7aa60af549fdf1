package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member as the rest of the server sees it.
 *
 * @param publicKey lower-case hex
 * @param owner its account owns the mesh
 * @param revoked banned, or left: it may not connect and gets no mail
 * @param grants what it lets each sender do to it
 * @param accountId the person that it belongs to, if it is known
 * @param keyless it has no key yet: nobody can connect as it, and nothing can be sent to it
 * @param granted its rights, when they differ from those of its standing
 */
public record MemberView(
        String memberId,
        String meshId,
        String publicKey,
        String displayName,
        Role role,
        boolean owner,
        @Nullable String roleTag,
        List<GroupLabel> defaultGroups,
        String messageMode,
        boolean revoked,
        Grants grants,
        @Nullable String accountId,
        boolean keyless,
        @Nullable Set<Permission> granted) {

    public MemberView {
        defaultGroups = List.copyOf(defaultGroups);
    }

    /** Also of a member whose access was revoked. */
    public Standing standing() {
        if (owner) {
            return Standing.OWNER;
        }
        return role == Role.ADMIN ? Standing.ADMIN : Standing.MEMBER;
    }

    /** What it may do; nothing when its access was revoked. */
    public Set<Permission> permissions() {
        if (revoked) {
            return Set.of();
        }
        return granted == null ? Permission.defaults(standing()) : Permission.overridden(standing(), granted);
    }

    /** Owners and administrators may do what others may not. */
    public boolean administers() {
        return !revoked && (owner || role == Role.ADMIN);
    }
}
