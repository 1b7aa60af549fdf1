package com.claudemesh.bench.raw;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "topic", description = "Posts to a topic at a fixed rate.")
final class TopicCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--subscribers", defaultValue = "100", description = "connected members (default 100)")
    private int subscribers;

    @Option(names = "--rate", defaultValue = "200", description = "posts per second (default 200)")
    private int perSecond;

    @Option(names = "--seconds", defaultValue = "30", description = "how long (default 30)")
    private int seconds;

    @Option(names = "--size", defaultValue = "288", description = "characters of ciphertext (default 288)")
    private int ciphertextChars;

    @Option(names = "--acknowledge", description = "subscribers confirm every post")
    private boolean acknowledging;

    @Option(names = "--jfr", description = "file for a flight recording of the server, without the preparations")
    private @Nullable Path recording;

    @Override
    public Integer call() throws Exception {
        if (subscribers < 1 || perSecond < 1 || seconds < 1 || ciphertextChars < 12) {
            throw new IllegalArgumentException("--subscribers, --rate and --seconds from 1, --size from 12");
        }
        RawLoad load = new RawLoad(server.connect(), server.address(), server.state());
        RawFigures figures = (recording == null ? load : load.recordedTo(recording))
                .topic(subscribers, perSecond, seconds, ciphertextChars, acknowledging);
        System.out.println(Json.mapper().writeValueAsString(figures));
        return figures.complete() ? 0 : 1;
    }
}
