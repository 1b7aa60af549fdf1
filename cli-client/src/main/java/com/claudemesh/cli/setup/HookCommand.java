package com.claudemesh.cli.setup;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.net.HttpClients;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/**
 * {@code hook}: tells the servers that the session works or waits. Claude Code waits for it and shows what it prints,
 * so it prints nothing, always succeeds, and gives up after a second.
 */
@Command(description = "Report the session's status; called by Claude Code.")
public final class HookCommand implements Callable<Integer> {
    private static final Set<String> STATUSES = Set.of("idle", "working", "dnd");
    private static final int MAX_INPUT_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final VerbServices services;
    private final Duration patience;

    @Parameters(arity = "0..1", paramLabel = "idle|working|dnd", description = "the new status")
    private String status = "";

    @Unmatched
    private List<String> ignored = new ArrayList<>();

    public HookCommand(VerbServices services) {
        this(services, PATIENCE);
    }

    /** @param patience with a server; half of it with the input */
    HookCommand(VerbServices services, Duration patience) {
        this.services = services;
        this.patience = patience;
    }

    @Override
    public Integer call() {
        if (STATUSES.contains(status)) {
            try {
                report(services.configFile().load().memberships());
            } catch (CliException unreadable) {
                debug(unreadable);
            }
        }
        return 0;
    }

    private void report(List<Membership> meshes) {
        String body = body(readInput()).toString();
        List<CompletableFuture<?>> posts = new ArrayList<>();
        meshes.stream()
                .map(mesh -> BrokerAddress.httpBase(mesh.brokerUrl()))
                .distinct()
                .forEach(base -> posts.add(post(base, body)));
        CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<?> post(String base, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/hook/set-status"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClients.forAddress(base, patience)
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    if (failure != null) {
                        debug(failure);
                    }
                    return answer;
                });
    }

    private ObjectNode body(JsonNode input) {
        Host host = services.host();
        String cwd = Stream.of(input.path("cwd").asText(), host.environment().getOrDefault("CLAUDE_PROJECT_DIR", ""))
                .filter(directory -> !directory.isEmpty())
                .findFirst()
                .orElse(host.workingDirectory().toString());
        ObjectNode body = Output.object().put("cwd", cwd);
        ProcessHandle.current().parent().ifPresent(parent -> body.put("pid", parent.pid()));
        body.put("status", status);
        if (input.path("session_id").isTextual()) {
            body.set("session_id", input.get("session_id"));
        }
        return body;
    }

    private JsonNode readInput() {
        if (services.host().terminal().in()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return CompletableFuture.supplyAsync(this::readAll)
                .completeOnTimeout("", patience.toMillis() / 2, TimeUnit.MILLISECONDS)
                .thenApply(text -> JsonReader.read(text).orElseGet(JsonNodeFactory.instance::objectNode))
                .join();
    }

    private String readAll() {
        try {
            return new String(services.host().in().readNBytes(MAX_INPUT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void debug(Throwable failure) {
        if (services.host().variable("CLAUDEMESH_HOOK_DEBUG").isPresent()) {
            services.host().err().println("claudemesh hook: " + failure);
        }
    }
}
