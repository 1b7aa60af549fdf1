package com.claudemesh.protocol.frame;

/**
 * A topic is there.
 *
 * @param created false when it was there before
 */
public record TopicCreated(Topic topic, boolean created) implements ServerFrame {

    public record Topic(String id, String name, TopicVisibility visibility) {}
}
