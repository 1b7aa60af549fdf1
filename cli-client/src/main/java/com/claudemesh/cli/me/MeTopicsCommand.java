package com.claudemesh.cli.me;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** {@code me topics}: the topics of all meshes of the account. */
@Command(description = "Show the topics of all meshes of your account, the liveliest first.")
public final class MeTopicsCommand extends MeVerb {

    public MeTopicsCommand(VerbServices services) {
        super(services, "list the topics");
    }

    @Override
    String path() {
        return "/topics";
    }

    @Override
    void show(ObjectNode answer, Output output) {
        JsonNode topics = answer.path("topics");
        output.section("topics (" + topics.size() + ")");
        for (JsonNode topic : topics) {
            long unread = topic.path("unread").asLong();
            output.text("  "
                    + output.palette().clay(Output.safe(topic.path("meshSlug").asText())) + " "
                    + output.palette().bold("#" + Output.safe(topic.path("name").asText())) + "  "
                    + output.palette().dim(Output.safe(topic.path("visibility").asText()))
                    + (unread > 0 ? "  " + output.palette().yellow(unread + " unread") : ""));
        }
    }
}
