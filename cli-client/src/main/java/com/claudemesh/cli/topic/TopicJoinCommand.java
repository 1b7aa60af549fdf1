package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topic join}: posts of the topic reach this member from now on. */
@Command(description = "Join a topic: its posts reach you from now on.")
public final class TopicJoinCommand extends TopicVerb {

    @Option(names = "--role", paramLabel = "lead|member|observer", description = "what to be there (default: member)")
    private @Nullable String role;

    public TopicJoinCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        TopicRole wanted = role();
        Topic topic = TopicFinder.require(connection, name);
        Optional<TopicRole> now = TopicMembership.after(new TopicJoin(topic.id(), wanted), topic.id(), connection);
        if (now.isEmpty()) {
            throw new CliException(
                    ExitCode.PERMISSION_DENIED,
                    "not_joined",
                    "the server did not let you into #" + Output.safe(topic.name()),
                    "one of its leads can: claudemesh topic invite");
        }
        output.acknowledge(Output.object()
                .put("joined", topic.name())
                .put("id", topic.id())
                .put("role", now.get().wire()));
        output.ok("joined #" + Output.safe(topic.name()), now.get().wire());
        if (wanted != null && wanted != now.get()) {
            output.warn(
                    "you are " + now.get().wire() + ", not " + wanted.wire(),
                    "a lead of the topic can change that: claudemesh topic invite");
        }
        return ExitCode.SUCCESS;
    }

    private @Nullable TopicRole role() {
        try {
            return role == null ? null : TopicRole.fromWire(role);
        } catch (InvalidFieldException unknown) {
            throw CliException.invalid("--role: " + unknown.getMessage(), "see: claudemesh topic join --help");
        }
    }
}
