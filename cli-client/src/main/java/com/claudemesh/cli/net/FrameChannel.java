package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.ServerFrame;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Frames over one WebSocket, asked for by one thread: it sends, and waits for what comes next. */
final class FrameChannel implements AutoCloseable {
    private static final FrameCodec<ServerFrame> CODEC = FrameCodec.forClient();
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final WebSocket socket;
    private final BlockingQueue<Event> events;

    /** What the socket brought. */
    sealed interface Event {
        record Frame(ServerFrame frame) implements Event {}

        /** @param code WebSocket close code; 1006 when the connection broke */
        record Closed(int code, String reason) implements Event {}
    }

    private FrameChannel(WebSocket socket, BlockingQueue<Event> events) {
        this.socket = socket;
        this.events = events;
    }

    /**
     * Opens the socket.
     *
     * @throws CliException exit code 4 when it doesn't open in time, 3 when the address is no WebSocket address
     */
    static FrameChannel open(String url, Duration timeout) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try {
            WebSocket socket = HttpClients.forAddress(url, timeout)
                    .newWebSocketBuilder()
                    .connectTimeout(timeout)
                    .buildAsync(URI.create(url), new Collector(events))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new FrameChannel(socket, events);
        } catch (IllegalArgumentException malformed) {
            throw CliException.invalid("\"" + url + "\" is no WebSocket address");
        } catch (ExecutionException refused) {
            throw CliException.network("can't reach " + url + ": " + reason(refused.getCause()));
        } catch (TimeoutException slow) {
            throw CliException.network("can't reach " + url + ": no answer in " + timeout.toMillis() + "ms");
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    void send(ClientFrame frame, @Nullable String requestId) {
        try {
            socket.sendText(FrameCodec.encode(frame, requestId), true).join();
        } catch (CompletionException broken) {
            throw CliException.network("the connection broke: " + reason(broken.getCause()));
        }
    }

    /** @throws CliException exit code 4 when nothing comes in time */
    Event next(Duration timeout) {
        try {
            Event event = events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw CliException.network("no answer from the server in " + timeout.toMillis() + "ms");
            }
            return event;
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    /** Says good-bye, so that the server doesn't wait for us, but doesn't wait for its answer. */
    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .completeOnTimeout(socket, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, failure) -> done)
                .join();
        socket.abort();
    }

    private static CliException interrupted() {
        Thread.currentThread().interrupt();
        return new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Puts texts together and queues what they say. Called by one thread of the HTTP client at a time. */
    private static final class Collector implements WebSocket.Listener {
        private final BlockingQueue<Event> events;
        private final StringBuilder partial = new StringBuilder();

        Collector(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (partial.length() + data.length() > Limits.MAX_FRAME_BYTES) {
                events.add(new Event.Closed(1009, "the server sent an oversized frame"));
                socket.abort();
                return null;
            }
            partial.append(data);
            if (last) {
                if (CODEC.decode(partial.toString()) instanceof Decoded.Known<ServerFrame> known) {
                    events.add(new Event.Frame(known.frame()));
                }
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(new Event.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            events.add(new Event.Closed(1006, reason(failure)));
        }
    }
}
