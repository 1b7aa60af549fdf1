package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.TopicCreate;
import com.claudemesh.protocol.frame.TopicCreated;
import com.claudemesh.protocol.frame.TopicVisibility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topic create}: a topic with a key of its own, and this member as its lead. */
@Command(description = "Make a topic. Its posts are end-to-end encrypted. A topic of that name is joined instead.")
public final class TopicCreateCommand extends TopicVerb {

    @Option(names = "--description", paramLabel = "text", description = "what it is about")
    private @Nullable String description;

    @Option(
            names = "--visibility",
            paramLabel = "public|private|dm",
            description = "who may see and join it (default: public)")
    private @Nullable String visibility;

    @Option(names = "--retention", paramLabel = "days", description = "how long posts are kept; 0: for ever")
    private @Nullable Integer retentionDays;

    public TopicCreateCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        TopicCreated answer = connection.ask(request(name), TopicCreated.class);
        TopicCreated.Topic made = answer.topic();
        output.acknowledge(Output.object()
                .put("id", made.id())
                .put("name", made.name())
                .put("visibility", made.visibility().wire())
                .put("created", answer.created()));
        String shown = "#" + Output.safe(made.name());
        output.ok(
                answer.created() ? "made " + shown : shown + " exists already; you are in it",
                made.visibility().wire());
        output.hint("claudemesh topic post " + Output.safe(made.name()) + " <text>");
        return ExitCode.SUCCESS;
    }

    private TopicCreate request(String name) {
        try {
            return new TopicCreate(
                    name, description, visibility == null ? null : TopicVisibility.fromWire(visibility), retentionDays);
        } catch (InvalidFieldException malformed) {
            throw CliException.invalid(malformed.getMessage(), "see: claudemesh topic create --help");
        }
    }
}
