package com.claudemesh.protocol.frame;

import java.util.List;

/**
 * What a search found.
 *
 * @param topics topics whose name or description fits, by name
 * @param messages posts that fit, newest first
 */
public record TopicSearchResponse(
        String query, List<TopicListResponse.Topic> topics, List<TopicHistoryResponse.Post> messages)
        implements ServerFrame {}
