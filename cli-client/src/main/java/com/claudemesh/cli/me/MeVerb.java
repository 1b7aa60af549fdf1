package com.claudemesh.cli.me;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.cli.topic.Snippets;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A verb about everything that the account behind a member has at its server. Any joined mesh there will do. */
abstract class MeVerb implements Callable<Integer> {
    private final VerbServices services;
    private final String doing;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    /** @param doing what is tried, as in {@code "list the topics"} */
    MeVerb(VerbServices services, String doing) {
        this.services = services;
        this.doing = doing;
    }

    @Override
    public final Integer call() {
        String path = path();
        List<Membership> joined = services.configFile().load().memberships();
        Membership mesh = meshOption.slug().isPresent()
                ? meshOption.one(services)
                : new MeshSelection(joined)
                        .all(services.lastUsed().slug().filter(slug -> isJoined(joined, slug)))
                        .get(0);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services);
                RestSession rest = RestSession.over(
                        connections.to(mesh),
                        services,
                        mesh,
                        new ShortLivedKey.Purpose("me", List.of(ApiKeyCapability.READ), null),
                        output)) {
            ObjectNode answer = (ObjectNode) RestSession.require(rest.get("/me" + path), doing);
            readBodies(answer);
            output.document(output.project(answer));
            show(answer, output);
        }
        return ExitCode.SUCCESS;
    }

    private static boolean isJoined(List<Membership> joined, String slug) {
        return joined.stream().anyMatch(mesh -> mesh.slug().equals(slug));
    }

    private void readBodies(ObjectNode answer) {
        Snippets snippets = new Snippets(services.topicKeys());
        for (JsonNode list : answer) {
            for (JsonNode row : list) {
                if (row.has("bodyVersion")) {
                    ((ObjectNode) row)
                            .put(
                                    "message",
                                    snippets.text(row.path("meshId").asText(), row)
                                            .orElse(null));
                }
            }
        }
    }

    /** Behind {@code /me}, with its query. */
    abstract String path();

    abstract void show(ObjectNode answer, Output output);

    /** A post of some mesh in one line, and what it says in another. */
    final void showPost(JsonNode row, Output output) {
        output.text("  "
                + output.palette().clay(Output.safe(row.path("meshSlug").asText())) + " #"
                + Output.safe(row.path("topicName").asText()) + " "
                + output.palette()
                        .dim(RelativeTime.brief(
                                row.path("createdAt").asText(),
                                services.host().clock().instant()))
                + " " + output.palette().bold(Output.safe(row.path("senderName").asText())));
        output.text("    " + new Snippets(services.topicKeys()).shown(row.path("message")));
    }
}
