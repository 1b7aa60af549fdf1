package com.claudemesh.protocol.frame;

/** Ends a topic for good; its name stays taken. For its leads and administrators; answered by the generic receipt. */
public record TopicArchive(String topic) implements ClientFrame {

    public TopicArchive {
        TopicFields.topic(topic);
    }
}
