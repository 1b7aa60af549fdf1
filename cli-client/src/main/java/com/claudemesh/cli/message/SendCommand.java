package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.addressing.TargetResolver;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.topic.TopicPosting;
import com.claudemesh.protocol.frame.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: one message to one or several targets. Success means that the server has stored it. */
@Command(
        description = {
            "Send a message.",
            "Targets: a name, a key or a prefix of at least 8 digits, @group, @all, *, #topic, <mesh>:<target>."
        })
public final class SendCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--to", paramLabel = "target", description = "a target; may be repeated")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--priority",
            paramLabel = "now|next|low",
            converter = PriorityConverter.class,
            description = "when the receiver gets it (default: next)")
    private Priority priority = Priority.NEXT;

    @Option(names = "--reply-to", paramLabel = "id", description = "message that this one answers")
    private @Nullable String replyTo;

    @Option(names = "--self", description = "allow one's own member as target: reaches one's other sessions")
    private boolean self;

    @Option(names = "--exact", description = "no substring matches of names")
    private boolean exact;

    @Parameters(paramLabel = "<to> <message…>", description = "targets separated by commas; - reads standard input")
    private List<String> words = new ArrayList<>();

    public SendCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        List<String> targets = targets();
        List<String> message = to.isEmpty() ? words.subList(1, words.size()) : words;
        String text = MessageText.of(message, services.host(), "claudemesh send <to> <message…>");
        ClientConfig config = services.configFile().load();
        List<Membership> candidates = new MeshSelection(config.memberships()).all(meshOption.slug());
        Output output = services.output(globals);
        SendResults results = new SendResults(output, targets.size() > 1);
        try (MeshConnections connections = new MeshConnections(services, services.displayName(config))) {
            Optional<String> ownSessionId = services.host().variable("CLAUDEMESH_SESSION_ID");
            TargetResolver resolver = new TargetResolver(connections, exact, ownSessionId);
            for (String target : targets) {
                try {
                    Recipient recipient = resolve(resolver, target, candidates);
                    if (!recipient.note().isEmpty()) {
                        output.warn(target + ": " + recipient.note(), "");
                    }
                    OutgoingMessage outgoing =
                            OutgoingMessage.of(recipient.spec(), text, priority, Optional.ofNullable(replyTo));
                    results.sent(target, recipient, send(connections, recipient, outgoing, output));
                } catch (CliException failure) {
                    results.failed(target, failure);
                }
            }
        }
        return results.finish();
    }

    private SendReceipt send(MeshConnections connections, Recipient recipient, OutgoingMessage message, Output output) {
        MeshConnection connection = connections.to(recipient.mesh());
        return connection.send(
                recipient.isTopic()
                        ? new TopicPosting(services, output).prepare(connection, recipient.mesh(), message)
                        : message);
    }

    private List<String> targets() {
        List<String> given = to.isEmpty() ? words.stream().limit(1).toList() : to;
        List<String> targets = given.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(target -> !target.isEmpty())
                .distinct()
                .toList();
        if (targets.isEmpty()) {
            throw CliException.invalid("the recipient is missing", "claudemesh send <to> <message…>");
        }
        return targets;
    }

    private Recipient resolve(TargetResolver resolver, String target, List<Membership> candidates) {
        Recipient recipient = resolver.resolve(target, candidates);
        if (!self && recipient.spec().equals(recipient.mesh().pubkey())) {
            throw CliException.invalid("\"" + target + "\" is yourself", "--self reaches your other sessions");
        }
        return recipient;
    }
}
