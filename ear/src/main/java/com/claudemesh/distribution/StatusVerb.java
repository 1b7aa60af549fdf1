package com.claudemesh.distribution;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what runs. The exit code is 0 when the server is ready, 1 otherwise. */
final class StatusVerb {
    private final Options options;
    private final DataDirectory data;

    StatusVerb(Options options) {
        this.options = options;
        this.data = new DataDirectory(options.data());
    }

    int run() throws IOException {
        Optional<RunState> running =
                RunState.read(data).filter(state -> state.supervisor().isAlive());
        boolean ready = running.isPresent() && new Readiness(running.get().http()).holds();
        if (options.json()) {
            System.out.println(Json.mapper().writeValueAsString(json(running, ready)));
        } else {
            System.out.print(text(running, ready));
        }
        return ready ? 0 : Refusal.FAILED;
    }

    private ObjectNode json(Optional<RunState> running, boolean ready) {
        ObjectNode answer = running.isPresent()
                ? Json.mapper().valueToTree(running.get())
                : Json.mapper().createObjectNode().put("data", data.root().toString());
        return answer.put("running", running.isPresent()).put("ready", ready);
    }

    private String text(Optional<RunState> running, boolean ready) {
        if (running.isEmpty()) {
            return "not running; data in " + data.root() + "\n";
        }
        RunState state = running.get();
        return """
                %s
                  address     %s
                  WebSocket   %s
                  data        %s
                  supervisor  %s
                  server      %s
                  PostgreSQL  %s
                """.formatted(
                        ready ? "ready" : "running, not ready",
                        state.http(),
                        state.webSocket(),
                        state.data(),
                        describe(state.supervisor()),
                        describe(state.server()),
                        state.postgresPort() == null
                                ? "external"
                                : describe(state.postgres()) + ", port " + state.postgresPort());
    }

    private static String describe(@Nullable ProcessRef process) {
        if (process == null) {
            return "not started yet";
        }
        return "pid " + process.pid() + (process.isAlive() ? "" : " (ended)");
    }
}
