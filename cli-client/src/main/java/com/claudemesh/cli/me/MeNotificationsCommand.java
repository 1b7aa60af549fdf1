package com.claudemesh.cli.me;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.PointInTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code me notifications}: mentions in all meshes of the account. */
@Command(description = "Show posts that mention you in any mesh of your account, newest first.")
public final class MeNotificationsCommand extends MeVerb {

    @Option(names = "--all", description = "also those that are read")
    private boolean all;

    @Option(names = "--since", paramLabel = "time", description = "like 2026-01-31T12:00:00Z (default: 7 days ago)")
    private @Nullable String since;

    public MeNotificationsCommand(VerbServices services) {
        super(services, "list the notifications");
    }

    @Override
    String path() {
        String time = since == null ? "" : "&since=" + ApiClient.segment(PointInTime.checked(since));
        return "/notifications?include=" + (all ? "all" : "unread") + time;
    }

    @Override
    void show(ObjectNode answer, Output output) {
        JsonNode rows = answer.path("notifications");
        output.section("mentions (" + rows.size() + ")");
        rows.forEach(row -> showPost(row, output));
    }
}
