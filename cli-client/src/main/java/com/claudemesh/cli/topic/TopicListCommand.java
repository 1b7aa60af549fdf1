package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topic list}: the topics of one mesh, or of all joined ones. */
@Command(description = "Show the topics of a mesh, or of all joined meshes.")
public final class TopicListCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--unread", description = "only those with posts that you have not read")
    private boolean unread;

    public TopicListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        ClientConfig config = services.configFile().load();
        List<Membership> meshes = new MeshSelection(config.memberships()).all(meshOption.slug());
        List<CliException> failures = new ArrayList<>();
        ArrayNode answers = Output.array();
        try (MeshConnections connections = new MeshConnections(services, services.displayName(config))) {
            for (Membership mesh : meshes) {
                try {
                    List<Topic> topics = TopicFinder.all(connections.to(mesh)).stream()
                            .filter(topic -> !unread || topic.unread() > 0)
                            .toList();
                    show(mesh, topics, output);
                    answers.addObject()
                            .put("mesh", mesh.slug())
                            .set("topics", output.project(Json.mapper().valueToTree(topics)));
                } catch (CliException failure) {
                    failures.add(failure);
                    if (meshes.size() > 1) {
                        output.warn(mesh.slug() + ": " + failure.getMessage(), failure.hint());
                        answers.addObject().put("mesh", mesh.slug()).put("error", failure.getMessage());
                    }
                }
            }
        }
        if (failures.size() == meshes.size()) {
            throw failures.get(0);
        }
        output.document(meshes.size() == 1 ? answers.get(0).get("topics") : answers);
        return ExitCode.SUCCESS;
    }

    private static void show(Membership mesh, List<Topic> topics, Output output) {
        output.section("topics of " + Output.safe(mesh.slug()) + " (" + topics.size() + ")");
        for (Topic topic : topics) {
            String lock = topic.keyEpoch() > 0 ? " 🔒" : "";
            String news = topic.unread() > 0 ? "  " + output.palette().yellow(topic.unread() + " unread") : "";
            String role = topic.role() == null ? "not joined" : topic.role().wire();
            output.text("  " + output.palette().bold("#" + Output.safe(topic.name())) + lock + "  "
                    + output.palette()
                            .dim(topic.visibility().wire() + " · " + topic.memberCount() + " members · " + role)
                    + news);
            if (topic.description() != null && !topic.description().isBlank()) {
                output.text("    " + output.palette().dim(Output.safe(topic.description())));
            }
        }
    }
}
