package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Searches the topics that the member may see, in what the server can read: names and descriptions, senders, mentions, and
 * bodies of version 1. Answered by {@link TopicSearchResponse}.
 *
 * @param query words; quotes, {@code or} and {@code -} as in web searches
 * @param limit brought into 1..{@link Limits#MAX_SEARCH_ROWS}
 */
public record TopicSearch(String query, @Nullable Integer limit) implements ClientFrame {

    public TopicSearch {
        query = Fields.text("query", query, Limits.MAX_SEARCH_CHARS).strip();
        if (query.isEmpty()) {
            throw new InvalidFieldException("query", "must not be empty");
        }
    }

    public int rows() {
        return TopicFields.rows(limit, Limits.DEFAULT_SEARCH_ROWS, Limits.MAX_SEARCH_ROWS);
    }
}
