package com.claudemesh.distribution;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;

/** What the operator reads when the server is ready. */
final class Greeting {
    private final RunState state;
    private final String launcher;

    /** @param launcher how the {@code claudemesh} command is called from the operator's shell */
    Greeting(RunState state, String launcher) {
        this.state = state;
        this.launcher = launcher;
    }

    String everyStart() {
        return """
                claudemesh is ready at %s
                  WebSocket  %s
                  data       %s
                """.formatted(state.http(), state.webSocket(), state.data());
    }

    /** The links that exist from the very first start on. */
    String firstStart(DataDirectory data) throws IOException {
        JsonNode links = Json.mapper().readTree(Files.readString(data.firstStart()));
        String invitation = links.path("inviteUrl").asText();
        return """

                This is the first start. The administrator's sign-in link works once:
                  %s
                Invitation to the mesh "%s":
                  %s

                Let two terminals talk:
                  terminal 1   export CLAUDEMESH_CONFIG_DIR=~/.claudemesh-alice
                               %s join %s --name alice
                  terminal 2   export CLAUDEMESH_CONFIG_DIR=~/.claudemesh-bob
                               %s join %s --name bob
                               %s mcp
                  terminal 1   %s send bob "hello"

                """.formatted(
                        links.path("signInUrl").asText(),
                        links.path("meshSlug").asText(),
                        invitation,
                        launcher,
                        invitation,
                        launcher,
                        invitation,
                        launcher,
                        launcher);
    }
}
