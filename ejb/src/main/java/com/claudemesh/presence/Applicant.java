package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose hello has passed the checks.
 *
 * @param sessionKey announced session key, lower-case hex
 * @param sessionVerified the session key was proven
 * @param displayName the connection's own name; null to be called what the member is called
 * @param groups as the hello said; null when it said nothing
 */
record Applicant(
        MeshView mesh,
        MemberView member,
        @Nullable String sessionKey,
        boolean sessionVerified,
        @Nullable String displayName,
        ClientInfo client,
        PeerOrigin origin,
        @Nullable List<GroupLabel> groups) {

    boolean receivesMessages() {
        return !client.announces(Capability.NO_PUSH);
    }

    /** Whether it gets back what an earlier connection of the member left behind. */
    boolean restores() {
        return !origin.sessionConnection();
    }

    /** Whether it is also told so. */
    boolean hearsOfRestoring() {
        return restores() && receivesMessages();
    }

    boolean namesGroups() {
        return groups != null && (origin.sessionConnection() || !groups.isEmpty());
    }

    PeerIdentity identity() {
        return new PeerIdentity(
                member.meshId(),
                member.memberId(),
                member.publicKey(),
                sessionKey,
                sessionVerified,
                displayName == null ? member.displayName() : displayName);
    }
}
