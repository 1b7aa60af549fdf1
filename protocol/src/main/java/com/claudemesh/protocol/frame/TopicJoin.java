package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * Puts the member into a topic. Silent.
 *
 * @param role member when absent
 */
public record TopicJoin(String topic, @Nullable TopicRole role) implements ClientFrame {

    public TopicJoin {
        TopicFields.topic(topic);
    }
}
