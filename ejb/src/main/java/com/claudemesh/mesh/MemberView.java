package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member as the rest of the server sees it.
 *
 * @param publicKey lower-case hex
 * @param revoked banned, or left: it may not connect and gets no mail
 */
public record MemberView(
        String memberId,
        String meshId,
        String publicKey,
        String displayName,
        Role role,
        @Nullable String roleTag,
        List<GroupLabel> defaultGroups,
        String messageMode,
        boolean revoked) {

    public Grants grants() {
        return Grants.DEFAULT;
    }

    public MemberView {
        defaultGroups = List.copyOf(defaultGroups);
    }
}
