package com.claudemesh.topic;

import java.util.List;

/**
 * What a search found in what the caller may see and the server can read.
 *
 * @param topics by name
 * @param posts newest first
 */
public record TopicHits(List<TopicListing> topics, List<TopicPost> posts) {}
