package com.claudemesh.cli.topic;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicMarkRead;
import picocli.CommandLine.Command;

/** {@code topic read}: everything in the topic counts as read. */
@Command(description = "Count everything in a topic as read.")
public final class TopicReadCommand extends TopicVerb {

    public TopicReadCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        Topic topic = TopicFinder.require(connection, name);
        connection.tell(new TopicMarkRead(topic.id()));
        // The server is silent when it does it; its next answer comes after that.
        TopicFinder.require(connection, topic.id());
        output.acknowledge(Output.object().put("read", topic.name()).put("id", topic.id()));
        output.ok("#" + Output.safe(topic.name()) + " is read");
        return ExitCode.SUCCESS;
    }
}
