package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.TopicLeave;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import picocli.CommandLine.Command;

/** {@code topic leave}: posts of the topic no longer reach this member. */
@Command(description = "Leave a topic: its posts no longer reach you.")
public final class TopicLeaveCommand extends TopicVerb {

    public TopicLeaveCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        Topic topic = TopicFinder.require(connection, name);
        if (TopicMembership.after(new TopicLeave(topic.id()), topic.id(), connection)
                .isPresent()) {
            throw new CliException(
                    ExitCode.PERMISSION_DENIED,
                    "not_left",
                    "the server keeps you in #" + Output.safe(topic.name()),
                    "");
        }
        output.acknowledge(Output.object().put("left", topic.name()).put("id", topic.id()));
        output.ok("left #" + Output.safe(topic.name()));
        return ExitCode.SUCCESS;
    }
}
