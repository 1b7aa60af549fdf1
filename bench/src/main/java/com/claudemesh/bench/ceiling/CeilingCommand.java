package com.claudemesh.bench.ceiling;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ceiling",
        description = "What the container echoes and what PostgreSQL inserts, as one JSON line each.")
public final class CeilingCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--connections", defaultValue = "100", description = "echo connections (default 100)")
    private int connections;

    @Option(names = "--frames", defaultValue = "3000", description = "frames per connection (default 3000)")
    private int frames;

    @Option(names = "--window", defaultValue = "32", description = "unanswered frames per connection (default 32)")
    private int window;

    @Option(names = "--size", defaultValue = "600", description = "bytes of a frame and of a row (default 600)")
    private int bytes;

    @Option(names = "--rows", defaultValue = "200", description = "messages per commit (default 200)")
    private int messagesPerCommit;

    @Option(names = "--writers", defaultValue = "2", description = "database connections (default 2)")
    private int writers;

    @Option(names = "--commits", defaultValue = "500", description = "commits per connection (default 500)")
    private int commits;

    @Override
    public Integer call() throws Exception {
        if (connections < 1
                || frames < 1
                || window < 1
                || bytes < 1
                || messagesPerCommit < 1
                || writers < 1
                || commits < 1) {
            throw new IllegalArgumentException("every number must be at least 1");
        }
        EchoCeiling.Plan plan = new EchoCeiling.Plan(connections, frames, window, bytes, Duration.ofSeconds(120));
        System.out.println(Json.mapper().writeValueAsString(new EchoCeiling(server.address(), plan).run()));
        System.out.println(Json.mapper()
                .writeValueAsString(new InsertCeiling(server.state(), messagesPerCommit, bytes).run(writers, commits)));
        return 0;
    }
}
