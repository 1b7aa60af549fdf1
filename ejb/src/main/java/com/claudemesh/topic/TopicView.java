package com.claudemesh.topic;

import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is in memory.
 *
 * @param everybody every member of the mesh is in it
 * @param keyPublicKey whose key sealed the creator's or claimer's copy: x25519 or ed25519, informational; null without a key
 * @param keyEpoch the current key; 0 when there never was one
 * @param rotationDue somebody who knows the current key is not in the topic any more
 * @param retentionDays null for the installation's default, 0 for ever
 * @param roles who is in it, by member id
 */
public record TopicView(
        String id,
        String meshId,
        String name,
        @Nullable String description,
        TopicVisibility visibility,
        boolean everybody,
        @Nullable String keyPublicKey,
        int keyEpoch,
        boolean rotationDue,
        @Nullable Integer retentionDays,
        Instant createdAt,
        Map<String, TopicRole> roles) {

    public TopicView {
        roles = Map.copyOf(roles);
    }

    public boolean encrypted() {
        return keyEpoch > 0;
    }

    public boolean isPublic() {
        return visibility == TopicVisibility.PUBLIC;
    }

    public boolean has(String memberId) {
        return roles.containsKey(memberId);
    }

    /** What a member is in it; null when it is not in it. */
    public @Nullable TopicRole roleOf(String memberId) {
        return roles.get(memberId);
    }

    boolean hasLead() {
        return roles.containsValue(TopicRole.LEAD);
    }
}
