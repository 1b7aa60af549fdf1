package com.claudemesh.topic;

import java.util.List;

/** Posts of one topic, in the order that the query asks for. */
public record TopicPage(TopicView topic, List<TopicPost> posts) {}
