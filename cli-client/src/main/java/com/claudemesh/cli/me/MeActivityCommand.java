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

/** {@code me activity}: what others posted in all meshes of the account. */
@Command(description = "Show what others posted in any mesh of your account, newest first.")
public final class MeActivityCommand extends MeVerb {

    @Option(names = "--since", paramLabel = "time", description = "like 2026-01-31T12:00:00Z (default: one day ago)")
    private @Nullable String since;

    public MeActivityCommand(VerbServices services) {
        super(services, "list the activity");
    }

    @Override
    String path() {
        return "/activity" + (since == null ? "" : "?since=" + ApiClient.segment(PointInTime.checked(since)));
    }

    @Override
    void show(ObjectNode answer, Output output) {
        JsonNode rows = answer.path("activity");
        output.section("activity (" + rows.size() + ")");
        rows.forEach(row -> showPost(row, output));
    }
}
