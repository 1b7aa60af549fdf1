package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.ServerFrame;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Frames over one WebSocket, asked for by one thread: it sends, and waits for what comes next. */
final class FrameChannel implements AutoCloseable {
    private static final FrameCodec<ServerFrame> CODEC = FrameCodec.forClient();
    private static final int BROKEN = 1006;

    private final BlockingWebSocket socket;

    /** What the socket brought. */
    sealed interface Event {
        record Frame(ServerFrame frame) implements Event {}

        /** @param code WebSocket close code; 1006 when the connection broke */
        record Closed(int code, String reason) implements Event {}
    }

    private FrameChannel(BlockingWebSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens the socket.
     *
     * @throws CliException exit code 4 when it doesn't open in time, 3 when the address is no WebSocket address
     */
    static FrameChannel open(String url, Duration timeout) {
        try {
            return new FrameChannel(BlockingWebSocket.open(url, timeout));
        } catch (IllegalArgumentException malformed) {
            throw CliException.invalid("\"" + url + "\" is no WebSocket address");
        } catch (SocketTimeoutException slow) {
            throw CliException.network("can't reach " + url + ": no answer in " + timeout.toMillis() + "ms");
        } catch (IOException refused) {
            throw CliException.network("can't reach " + url + ": " + reason(refused));
        }
    }

    void send(ClientFrame frame, @Nullable String requestId) {
        try {
            socket.send(FrameCodec.encode(frame, requestId));
        } catch (IOException broken) {
            throw CliException.network("the connection broke: " + reason(broken));
        }
    }

    /**
     * The next frame of a known type, or the end.
     *
     * @throws CliException exit code 4 when nothing comes in time
     */
    Event next(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                BlockingWebSocket.Incoming incoming = socket.next(left);
                if (incoming instanceof BlockingWebSocket.Incoming.Closed closed) {
                    return new Event.Closed(closed.code(), closed.reason());
                }
                String text = ((BlockingWebSocket.Incoming.Text) incoming).text();
                if (CODEC.decode(text) instanceof Decoded.Known<ServerFrame> known) {
                    return new Event.Frame(known.frame());
                }
            }
        } catch (SocketTimeoutException slow) {
            throw CliException.network("no answer from the server in " + timeout.toMillis() + "ms");
        } catch (IOException broken) {
            return new Event.Closed(BROKEN, reason(broken));
        }
    }

    /** Says good-bye, so that the server doesn't wait for us, but doesn't wait for its answer. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Whoever is gone needs no good-bye; what was sent before has been answered.
            return;
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
