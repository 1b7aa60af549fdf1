package com.claudemesh.sdk.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message because it was posted to a topic.
 *
 * @param topicName without {@code #}; null when the server did not say
 * @param mentions lower-case names of whom the post is meant for
 * @param unopened the body while its key is missing, so that it can be opened later
 */
public record TopicPost(
        String topicId,
        @Nullable String topicName,
        List<String> mentions,
        @Nullable TopicBody unopened) {

    public TopicPost {
        mentions = List.copyOf(mentions == null ? List.of() : mentions);
    }
}
