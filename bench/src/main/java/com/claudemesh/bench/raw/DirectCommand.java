package com.claudemesh.bench.raw;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "direct", description = "Direct messages between pairs of members.")
final class DirectCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--pairs", defaultValue = "50", description = "senders, each with a receiver (default 50)")
    private int pairs;

    @Option(names = "--messages", defaultValue = "2000", description = "messages of each sender (default 2000)")
    private int messages;

    @Option(names = "--window", defaultValue = "32", description = "unacknowledged sends per sender (default 32)")
    private int window;

    @Option(names = "--size", defaultValue = "288", description = "characters of ciphertext (default 288)")
    private int ciphertextChars;

    @Option(names = "--acknowledge", description = "receivers confirm every message")
    private boolean acknowledging;

    @Option(names = "--threads", defaultValue = "1", description = "threads of the generator (default 1)")
    private int threads;

    @Option(names = "--jfr", description = "file for a flight recording of the server, without the preparations")
    private @Nullable Path recording;

    @Override
    public Integer call() throws Exception {
        if (pairs < 1
                || pairs > MessageFrame.MAX_LANES
                || messages < 1
                || messages > MessageFrame.MAX_NUMBERS
                || window < 1
                || threads < 1
                || ciphertextChars < 12) {
            throw new IllegalArgumentException(
                    "--pairs 1 to 10000, --messages 1 to 100000000, --window and --threads from 1, --size from 12");
        }
        RawLoad load = new RawLoad(server.connect(), server.address(), server.state());
        RawFigures figures = (recording == null ? load : load.recordedTo(recording))
                .direct(pairs, messages, window, ciphertextChars, acknowledging, threads);
        System.out.println(Json.mapper().writeValueAsString(figures));
        return figures.complete() ? 0 : 1;
    }
}
