package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicKeeper;
import picocli.CommandLine.Command;

/** {@code topic encrypt}: gives a topic without a key, like {@code #general}, its first one. */
@Command(
        description = {
            "Give a topic without a key, like #general, its first one: what is posted from now on the server can't read.",
            "What was posted before stays readable. There is no way back."
        })
public final class TopicEncryptCommand extends TopicVerb {

    public TopicEncryptCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        Topic topic = TopicFinder.require(connection, name);
        if (topic.keyEpoch() > 0) {
            throw new CliException(
                    ExitCode.ALREADY_EXISTS,
                    "already_encrypted",
                    "#" + Output.safe(topic.name()) + " is encrypted already",
                    "");
        }
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        try (TopicAccess access = TopicAccess.over(connection, services(), mesh, named, "encrypt", output)) {
            KeyState state = access.keeper().encrypt(named);
            if (!(state instanceof KeyState.Held held)) {
                throw new CliException(
                        ExitCode.ALREADY_EXISTS,
                        "already_encrypted",
                        "somebody else has just encrypted #" + Output.safe(topic.name()),
                        "they share the key by themselves while their session runs");
            }
            TopicKeeper.SealRound shared = access.keeper().sealForWaiting(named);
            new KeyNotes(topic.name(), output).shared(shared);
            output.acknowledge(Output.object()
                    .put("encrypted", topic.name())
                    .put("id", topic.id())
                    .put("keyEpoch", held.key().epoch())
                    .put("sharedWith", shared.sealed().size()));
            output.ok("#" + Output.safe(topic.name()) + " is end-to-end encrypted from now on");
        }
        return ExitCode.SUCCESS;
    }
}
