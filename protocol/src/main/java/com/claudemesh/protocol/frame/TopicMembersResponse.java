package com.claudemesh.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a topic, by name.
 *
 * @param topic as it was asked for
 */
public record TopicMembersResponse(String topic, List<Member> members) implements ServerFrame {

    /** @param pubkey the member key */
    public record Member(
            String memberId,
            String pubkey,
            String displayName,
            TopicRole role,
            String joinedAt,
            @Nullable String lastReadAt) {}
}
