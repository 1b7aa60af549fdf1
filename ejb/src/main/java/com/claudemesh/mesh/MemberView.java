package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member as the rest of the server sees it.
 *
 * @param publicKey lower-case hex
 * @param owner its account owns the mesh
 * @param revoked banned, or left: it may not connect and gets no mail
 * @param grants what it lets each sender do to it
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
        Grants grants) {

    public MemberView {
        defaultGroups = List.copyOf(defaultGroups);
    }

    /** Owners and administrators may do what others may not. */
    public boolean administers() {
        return !revoked && (owner || role == Role.ADMIN);
    }
}
