package com.claudemesh.protocol.frame;

/** Asks who is in a topic; answered by {@link TopicMembersResponse}. */
public record TopicMembers(String topic) implements ClientFrame {

    public TopicMembers {
        TopicFields.topic(topic);
    }
}
