package com.claudemesh.bench.raw;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "fanout", description = "Messages of one member to everybody in the mesh.")
final class FanoutCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--receivers", defaultValue = "100", description = "connected members (default 100)")
    private int receivers;

    @Option(names = "--messages", defaultValue = "2000", description = "messages (default 2000)")
    private int messages;

    @Option(names = "--window", defaultValue = "64", description = "unacknowledged sends (default 64)")
    private int window;

    @Option(
            names = "--backlog",
            defaultValue = "256",
            description = "messages the sender may be ahead of the deliveries (default 256)")
    private int backlogMessages;

    @Option(names = "--size", defaultValue = "288", description = "characters of ciphertext (default 288)")
    private int ciphertextChars;

    @Option(names = "--acknowledge", description = "receivers confirm every message")
    private boolean acknowledging;

    @Option(names = "--jfr", description = "file for a flight recording of the server, without the preparations")
    private @Nullable Path recording;

    @Override
    public Integer call() throws Exception {
        if (receivers < 1 || messages < 1 || window < 1 || backlogMessages < 1 || ciphertextChars < 12) {
            throw new IllegalArgumentException(
                    "--receivers, --messages, --window and --backlog from 1, --size from 12");
        }
        RawLoad load = new RawLoad(server.connect(), server.address(), server.state());
        RawFigures figures = (recording == null ? load : load.recordedTo(recording))
                .fanout(receivers, messages, window, backlogMessages, ciphertextChars, acknowledging);
        System.out.println(Json.mapper().writeValueAsString(figures));
        return figures.complete() ? 0 : 1;
    }
}
