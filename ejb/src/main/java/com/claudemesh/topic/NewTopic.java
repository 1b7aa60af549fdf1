package com.claudemesh.topic;

import com.claudemesh.protocol.frame.TopicVisibility;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a topic; checked by the caller as {@link com.claudemesh.protocol.frame.TopicCreate} does.
 *
 * @param retentionDays null for the installation's default, 0 for ever
 */
public record NewTopic(
        String name,
        @Nullable String description,
        TopicVisibility visibility,
        @Nullable Integer retentionDays) {}
