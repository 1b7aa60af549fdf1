package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Puts another member into a topic, or changes its role there. For the topic's leads and administrators; answered by the
 * generic receipt.
 *
 * @param member member id or member key
 * @param role member when absent
 */
public record TopicInvite(
        String topic, String member, @Nullable TopicRole role) implements ClientFrame {

    public TopicInvite {
        TopicFields.topic(topic);
        Fields.text("member", member, Limits.MAX_NAME_CHARS);
    }
}
