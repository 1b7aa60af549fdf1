package com.claudemesh.topic;

import com.claudemesh.protocol.frame.TopicRole;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody in a topic. */
public record TopicMemberView(
        String memberId,
        String publicKey,
        String displayName,
        TopicRole role,
        Instant joinedAt,
        @Nullable Instant lastReadAt) {}
