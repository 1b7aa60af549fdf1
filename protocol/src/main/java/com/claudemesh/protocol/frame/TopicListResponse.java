package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topics that are not archived, by name. */
public record TopicListResponse(List<Topic> topics) implements ServerFrame {

    /**
     * One topic. What follows {@code createdAt} is an addition.
     *
     * @param role what the asking member is in it; absent when it is not in it
     * @param unread posts of others since the member read it last; counting stops at a limit
     * @param keyEpoch the current key; 0 when the topic has none
     * @param rotationDue somebody who knows the current key is gone: the next holder makes a new one
     */
    public record Topic(
            String id,
            String name,
            @Nullable String description,
            TopicVisibility visibility,
            int memberCount,
            String createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TopicRole role,

            long unread,
            int keyEpoch,
            boolean rotationDue) {}
}
