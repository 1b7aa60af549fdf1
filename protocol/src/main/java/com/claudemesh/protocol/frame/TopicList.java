package com.claudemesh.protocol.frame;

/** Asks for the topics that the member may see; answered by {@link TopicListResponse}. */
@WireName("topic_list")
public record TopicList() implements ClientFrame {}
