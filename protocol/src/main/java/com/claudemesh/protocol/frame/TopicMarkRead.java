package com.claudemesh.protocol.frame;

/** The member has read everything in a topic up to now. Silent. */
public record TopicMarkRead(String topic) implements ClientFrame {

    public TopicMarkRead {
        TopicFields.topic(topic);
    }
}
