package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.DeadLetters;
import com.claudemesh.protocol.frame.DeadLetters.Letter;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dead-letters}: messages that ended without arriving. */
@Command(description = "Show messages that ended without arriving, newest first. For administrators.")
public final class DeadLettersCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--limit", paramLabel = "n", description = "at most n, 1 to 500 (default: 50)")
    private int limit = ListDeadLetters.DEFAULT_LIMIT;

    @Option(names = "--cursor", paramLabel = "cursor", description = "nextCursor of an earlier answer: what follows it")
    private @Nullable String cursor;

    public DeadLettersCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > ListDeadLetters.MAX_LIMIT) {
            throw CliException.invalid("--limit must be between 1 and " + ListDeadLetters.MAX_LIMIT);
        }
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            DeadLetters page = connections.to(mesh).ask(new ListDeadLetters(limit, cursor), DeadLetters.class);
            ObjectNode record = Output.object();
            record.set("letters", output.project(Json.mapper().valueToTree(page.letters())));
            output.document(record.put("nextCursor", page.nextCursor()));
            output.section("dead letters of " + Output.safe(mesh.slug()) + " ("
                    + page.letters().size() + ")");
            page.letters().forEach(letter -> output.text("  " + line(letter)));
            Optional.ofNullable(page.nextCursor())
                    .ifPresent(next -> output.hint("more: --cursor " + Output.safe(next)));
        }
        return ExitCode.SUCCESS;
    }

    private static String line(Letter letter) {
        String reason = Optional.ofNullable(letter.reason())
                .map(why -> ", " + Output.safe(why))
                .orElse("");
        return Output.safe(letter.endedAt()) + "  " + Output.safe(letter.messageId()) + "  "
                + Output.safe(letter.senderName()) + " → " + Output.safe(letter.recipientName()) + "  "
                + letter.state().wire() + reason;
    }
}
