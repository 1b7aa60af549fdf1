package com.claudemesh.cli.topic;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.naming.Mentions;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicKey;
import java.util.Optional;

/** Makes a message to {@code #topic} what the topic's members can read, and the server can't. */
public final class TopicPosting {
    private final VerbServices services;
    private final Output output;

    public TopicPosting(VerbServices services, Output output) {
        this.services = services;
        this.output = output;
    }

    /**
     * The message as a post to the topic that its target names: with mentions, and encrypted when the topic has a key.
     *
     * @throws com.claudemesh.cli.CliException exit code 5 without such a topic, or while nobody has shared its key
     */
    public OutgoingMessage prepare(MeshConnection connection, Membership mesh, OutgoingMessage message) {
        Topic topic = TopicFinder.require(connection, message.targetSpec());
        Optional<TopicKey> key = key(connection, mesh, topic);
        TopicBody body =
                key.map(found -> TopicBody.encrypted(message.text(), found)).orElse(null);
        return new OutgoingMessage(
                "#" + topic.id(),
                message.text(),
                message.priority(),
                message.replyToId(),
                message.clientMessageId(),
                body,
                Mentions.inText(message.text()));
    }

    private Optional<TopicKey> key(MeshConnection connection, Membership mesh, Topic topic) {
        if (topic.keyEpoch() == 0) {
            return Optional.empty();
        }
        Optional<TopicKey> held = services.topicKeys().key(mesh.meshId(), topic.id(), topic.keyEpoch());
        if (held.isPresent() && !topic.rotationDue()) {
            return held;
        }
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        try (TopicAccess access = TopicAccess.over(connection, services, mesh, named, "send", output)) {
            return access.postingKey();
        }
    }
}
