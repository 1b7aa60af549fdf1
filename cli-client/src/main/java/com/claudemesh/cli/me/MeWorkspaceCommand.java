package com.claudemesh.cli.me;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** {@code me workspace}: all meshes of the account. */
@Command(description = "Show all meshes of your account: who is online, topics, unread mentions.")
public final class MeWorkspaceCommand extends MeVerb {

    public MeWorkspaceCommand(VerbServices services) {
        super(services, "show the workspace");
    }

    @Override
    String path() {
        return "/workspace";
    }

    @Override
    void show(ObjectNode answer, Output output) {
        JsonNode meshes = answer.path("meshes");
        output.section("workspace (" + meshes.size() + " meshes)");
        for (JsonNode mesh : meshes) {
            int mentions = mesh.path("unreadMentions").asInt();
            output.text(
                    "  " + output.palette().bold(Output.safe(mesh.path("slug").asText())) + "  "
                            + output.palette()
                                    .dim(Output.safe(mesh.path("myRole").asText()) + " · "
                                            + mesh.path("online").asInt() + "/"
                                            + mesh.path("peers").asInt() + " online · "
                                            + mesh.path("topics").asInt() + " topics")
                            + (mentions > 0 ? "  " + output.palette().yellow(mentions + " mentions") : ""));
        }
    }
}
