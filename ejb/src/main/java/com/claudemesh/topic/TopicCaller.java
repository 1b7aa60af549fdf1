package com.claudemesh.topic;

/** The member that asks. Whoever makes one has proven that it is that member. */
public record TopicCaller(String meshId, String memberId) {}
