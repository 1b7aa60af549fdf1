package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Makes a topic with a key that is sealed for its creator; a name that exists is joined instead. Answered by {@link
 * TopicCreated}.
 *
 * @param visibility public when absent
 * @param retentionDays how long posts are kept, 0 for ever; the installation's default when absent
 */
public record TopicCreate(
        String name,
        @Nullable String description,
        @Nullable TopicVisibility visibility,
        @Nullable Integer retentionDays)
        implements ClientFrame {

    public TopicCreate {
        TopicFields.name("name", name);
        Fields.optionalText("description", description, Limits.MAX_TOPIC_DESCRIPTION_CHARS);
        TopicFields.retentionDays(retentionDays);
    }
}
