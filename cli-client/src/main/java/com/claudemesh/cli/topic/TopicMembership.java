package com.claudemesh.cli.topic;

import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicRole;
import java.util.List;
import java.util.Optional;

/** The server is silent when it puts somebody into a topic: what became of it is read off its list. */
final class TopicMembership {
    private TopicMembership() {}

    /** What the member is in the topic after the change; empty when it is not in it. */
    static Optional<TopicRole> after(ClientFrame change, String name, MeshConnection connection) {
        connection.tell(change);
        List<Topic> topics = TopicFinder.all(connection);
        return TopicFinder.find(topics, name).map(Topic::role);
    }
}
