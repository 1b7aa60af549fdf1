package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Asks for posts; answered by {@link TopicHistoryResponse}.
 *
 * @param limit brought into 1..{@link Limits#MAX_TOPIC_ROWS}
 * @param beforeId only posts before this one; an unknown id is no cursor
 * @param afterId only posts after this one, oldest first; an addition
 * @param threadOf only answers to this post; an addition
 */
public record TopicHistory(
        String topic,
        @Nullable Integer limit,
        @Nullable String beforeId,
        @Nullable String afterId,
        @Nullable String threadOf)
        implements ClientFrame {

    public TopicHistory {
        TopicFields.topic(topic);
        Fields.optionalText("beforeId", beforeId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("afterId", afterId, Limits.MAX_NAME_CHARS);
        Fields.optionalText("threadOf", threadOf, Limits.MAX_NAME_CHARS);
        if (beforeId != null && afterId != null) {
            throw new InvalidFieldException("afterId", "must not be given together with beforeId");
        }
    }

    public int rows() {
        return TopicFields.rows(limit, Limits.DEFAULT_TOPIC_ROWS, Limits.MAX_TOPIC_ROWS);
    }
}
