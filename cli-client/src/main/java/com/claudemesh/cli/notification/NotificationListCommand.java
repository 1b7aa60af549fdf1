package com.claudemesh.cli.notification;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.cli.rest.PointInTime;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.cli.topic.Snippets;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code notification list}: posts that mention this member. */
@Command(description = "Show posts of topics that mention you, newest first.")
public final class NotificationListCommand implements Callable<Integer> {
    private static final String BEGINNING = "1970-01-01T00:00:00Z";

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--since", paramLabel = "time", description = "like 2026-01-31T12:00:00Z (default: one day ago)")
    private @Nullable String since;

    @Option(names = "--all", description = "however old they are")
    private boolean all;

    @Option(names = "--unread", description = "only those that are not marked as read")
    private boolean unread;

    public NotificationListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        String query = query();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services);
                RestSession rest = RestSession.over(
                        connections.to(mesh),
                        services,
                        mesh,
                        new ShortLivedKey.Purpose("notifications", List.of(ApiKeyCapability.READ), null),
                        output)) {
            JsonNode answer = RestSession.require(rest.get("/notifications" + query), "list the notifications");
            show(mesh, (ObjectNode) answer, output);
        }
        return ExitCode.SUCCESS;
    }

    private String query() {
        String from = all ? BEGINNING : since;
        String time = from == null ? "" : "&since=" + ApiClient.segment(PointInTime.checked(from));
        return "?unread=" + (unread ? 1 : 0) + time;
    }

    private void show(Membership mesh, ObjectNode answer, Output output) {
        Snippets snippets = new Snippets(services.topicKeys());
        JsonNode rows = answer.path("notifications");
        rows.forEach(row -> ((ObjectNode) row)
                .put("message", snippets.text(mesh.meshId(), row).orElse(null)));
        answer.set("notifications", output.project(rows));
        output.document(answer);
        String who = Output.safe(answer.path("mentionedAs").asText("you"));
        output.section("mentions of @" + who + " (" + rows.size() + ")");
        for (JsonNode row : rows) {
            String dot = row.hasNonNull("readAt")
                    ? output.palette().dim("○")
                    : output.palette().green("●");
            output.text("  " + dot + " #" + Output.safe(row.path("topicName").asText()) + " "
                    + output.palette()
                            .dim(RelativeTime.brief(
                                    row.path("createdAt").asText(),
                                    services.host().clock().instant()))
                    + " "
                    + output.palette().bold(Output.safe(row.path("senderName").asText())));
            output.text("    " + snippets.shown(row.path("message")));
        }
        if (!rows.isEmpty()) {
            output.hint("claudemesh notification read --all");
        }
    }
}
