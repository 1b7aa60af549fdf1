package com.claudemesh.cli.topic;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.TopicArchive;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import picocli.CommandLine.Command;

/** {@code topic archive}: ends a topic for everybody, for good. */
@Command(description = "End a topic for everybody, for good. For its leads and administrators of the mesh.")
public final class TopicArchiveCommand extends TopicVerb {

    public TopicArchiveCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        Topic topic = TopicFinder.require(connection, name);
        connection.ask(new TopicArchive(topic.id()), Ack.class);
        output.acknowledge(Output.object().put("archived", topic.name()).put("id", topic.id()));
        output.ok("archived #" + Output.safe(topic.name()), "its name stays taken");
        return ExitCode.SUCCESS;
    }
}
