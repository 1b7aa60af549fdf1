package com.claudemesh.bench.raw;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "idle", description = "Connections that do nothing, and what the server keeps for each of them.")
final class IdleCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--connections", defaultValue = "1000", description = "connected members (default 1000)")
    private int connections;

    @Option(names = "--seconds", defaultValue = "5", description = "how long they stay before the look (default 5)")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        if (connections < 1 || seconds < 0) {
            throw new IllegalArgumentException("--connections from 1, --seconds from 0");
        }
        IdleFigures figures =
                new RawLoad(server.connect(), server.address(), server.state()).idle(connections, 1_000L * seconds);
        System.out.println(Json.mapper().writeValueAsString(figures));
        return figures.ended() == 0 ? 0 : 1;
    }
}
