package com.claudemesh.protocol.frame;

/** Takes the member out of a topic. Silent. */
public record TopicLeave(String topic) implements ClientFrame {

    public TopicLeave {
        TopicFields.topic(topic);
    }
}
