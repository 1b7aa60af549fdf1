package com.claudemesh.topic;

/** @param created false when the topic was there before */
public record CreatedTopic(TopicView topic, boolean created) {}
