package com.claudemesh.protocol.frame;

/** Asks for the topics that the member may see; answered by {@link TopicListResponse}. */
public record TopicList() implements ClientFrame {}
