package com.claudemesh.cli.me;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code me search}: topics and posts of all meshes of the account, as far as the server can read them. */
@Command(description = "Search topics and unencrypted posts of all meshes of your account.")
public final class MeSearchCommand extends MeVerb {
    private static final int MIN_CHARS = 2;
    private static final int MAX_LIMIT = 200;

    @Option(names = "--limit", paramLabel = "n", description = "at most n of each, up to 200 (default: 50)")
    private int limit = 50;

    @Parameters(paramLabel = "<words…>", description = "what to look for, at least 2 characters")
    private List<String> words = new ArrayList<>();

    public MeSearchCommand(VerbServices services) {
        super(services, "search");
    }

    @Override
    String path() {
        String query = String.join(" ", words).strip();
        if (query.length() < MIN_CHARS) {
            throw CliException.invalid("what to look for has at least 2 characters", "claudemesh me search <words…>");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw CliException.invalid("--limit must be between 1 and " + MAX_LIMIT);
        }
        return "/search?q=" + ApiClient.segment(query) + "&limit=" + limit;
    }

    @Override
    void show(ObjectNode answer, Output output) {
        JsonNode topics = answer.path("topics");
        JsonNode messages = answer.path("messages");
        output.section("found: " + topics.size() + " topics, " + messages.size() + " posts");
        topics.forEach(topic -> output.text("  "
                + output.palette().clay(Output.safe(topic.path("meshSlug").asText())) + " "
                + output.palette().bold("#" + Output.safe(topic.path("name").asText()))));
        messages.forEach(row -> showPost(row, output));
    }
}
