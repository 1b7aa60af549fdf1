package com.claudemesh.cli.bridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.bridge.BridgeCodec.Incoming;
import com.claudemesh.cli.io.Line;
import com.claudemesh.cli.io.LineReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One verb at the socket. Requests are answered as they are done, in any order. */
final class BridgeConnection {
    static final int MAX_PENDING = 64;

    private final SocketChannel channel;
    private final BridgeHandler handler;
    private final Consumer<BridgeConnection> whenGone;
    private final Semaphore pending = new Semaphore(MAX_PENDING);
    private final Object writing = new Object();

    BridgeConnection(SocketChannel channel, BridgeHandler handler, Consumer<BridgeConnection> whenGone) {
        this.channel = channel;
        this.handler = handler;
        this.whenGone = whenGone;
    }

    void start() {
        Thread reader = new Thread(this::run, "bridge-connection");
        reader.setDaemon(true);
        reader.start();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Closing is all that was wanted.
            return;
        }
    }

    private void run() {
        LineReader lines = new LineReader(Channels.newInputStream(channel), BridgeCodec.MAX_LINE_BYTES);
        try (channel) {
            Line line = lines.next();
            while (!(line instanceof Line.End || line instanceof Line.TooLong)) {
                if (line instanceof Line.Text text) {
                    take(BridgeCodec.read(text.text()));
                }
                line = lines.next();
            }
        } catch (IOException hungUp) {
            // A verb may end at any time; what it asked for is done all the same.
            return;
        } finally {
            whenGone.accept(this);
        }
    }

    private void take(Incoming incoming) {
        if (incoming instanceof Incoming.Refused refused) {
            write(BridgeCodec.failed(refused.id(), CliException.invalid(refused.problem())));
        } else if (incoming instanceof Incoming.Asked asked) {
            if (!pending.tryAcquire()) {
                CliException busy = new CliException(
                        ExitCode.INTERNAL_ERROR, "busy", "more than " + MAX_PENDING + " requests at a time", "");
                write(BridgeCodec.failed(asked.id(), busy));
                return;
            }
            ask(asked.request()).whenComplete((result, failure) -> {
                pending.release();
                write(
                        failure == null
                                ? BridgeCodec.done(asked.id(), result)
                                : BridgeCodec.failed(asked.id(), reason(failure)));
            });
        }
    }

    private CompletableFuture<JsonNode> ask(BridgeRequest request) {
        try {
            return handler.answer(request);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static CliException reason(Throwable failure) {
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof CliException expected
                ? expected
                : new CliException(ExitCode.INTERNAL_ERROR, "internal_error", String.valueOf(cause), "");
    }

    private void write(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (writing) {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException hungUp) {
                // The verb is gone; the reader notices and cleans up.
                close();
            }
        }
    }
}
