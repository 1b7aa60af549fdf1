package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member is called and how it starts its sessions.
 *
 * @param roleTag free label
 * @param groups groups of sessions that name none
 * @param messageMode {@code push}, {@code inbox} or {@code off}
 */
public record MemberProfile(String displayName, @Nullable String roleTag, List<GroupLabel> groups, String messageMode) {
    private static final String DEFAULT_MODE = "push";

    public MemberProfile {
        groups = List.copyOf(groups);
    }

    public static MemberProfile named(String displayName) {
        return new MemberProfile(displayName, null, List.of(), DEFAULT_MODE);
    }

    String groupsJson() {
        try {
            return Json.mapper().writeValueAsString(groups);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("groups cannot be written", e);
        }
    }
}
