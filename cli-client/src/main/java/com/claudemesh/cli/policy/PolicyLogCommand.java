package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policy log}: the newest decisions, oldest first, and whether the record fits together. */
@Command(description = "Show what was decided.")
public final class PolicyLogCommand implements Callable<Integer> {
    private static final int MAX_SHOWN = 10_000;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Option(names = "--limit", paramLabel = "n", description = "at most this many (default: 50)")
    private int limit = 50;

    public PolicyLogCommand(VerbServices services) {
        this.services = services;
    }

    /** Exit code 8 when a record was changed or taken out. */
    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_SHOWN) {
            throw CliException.invalid("--limit must be between 1 and " + MAX_SHOWN);
        }
        PolicyLog log = new PolicyLog(services.home().stateDirectory());
        PolicyLog.Contents contents = read(log);
        List<JsonNode> newest =
                contents
                        .lines()
                        .subList(
                                Math.max(0, contents.lines().size() - limit),
                                contents.lines().size())
                        .stream()
                        .filter(Objects::nonNull)
                        .toList();
        Output output = services.output(globals);
        ArrayNode records = Output.array();
        newest.forEach(records::add);
        output.document(output.project(records));
        newest.forEach(entry -> output.text("  " + line(entry)));
        if (contents.brokenLine() == 0) {
            output.hint(contents.lines().size() + " decisions, none changed or taken out since they were recorded");
            return ExitCode.SUCCESS;
        }
        output.warn(
                "line " + contents.brokenLine() + " of " + log.file() + " was changed, or lines before it are gone",
                "");
        return ExitCode.INTERNAL_ERROR;
    }

    private static PolicyLog.Contents read(PolicyLog log) {
        try {
            return log.read();
        } catch (IOException failed) {
            throw CliException.io("can't read " + log.file() + ": " + failed.getMessage());
        }
    }

    private static String line(JsonNode entry) {
        String reason = entry.path("reason").asText();
        return Output.safe(entry.path("ts").asText() + "  "
                + entry.path("decision").asText() + "  "
                + entry.path("resource").asText() + " "
                + entry.path("verb").asText()
                + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
}
