package com.claudemesh.ws.framing;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the web container and the handler that its WebSocket implementation brings for an upgraded request. Made by
 * the web container, which wants a public class and constructor.
 */
public final class GuardedUpgrade implements HttpUpgradeHandler {
    /** The guard of the connection that this thread is opening. */
    private static final ThreadLocal<FramingGuard> OPENING = new ThreadLocal<>();

    private @Nullable HttpUpgradeHandler handler;
    private @Nullable FramingGuard guard;

    void guard(HttpUpgradeHandler guarded, FramingGuard by) {
        handler = guarded;
        guard = by;
    }

    /** While a connection is being opened, on the thread that opens it: what may be sent on it; otherwise empty. */
    public static Optional<MessageAllowance> opening() {
        return Optional.ofNullable(OPENING.get()).map(guard -> guard::allowMessageBytes);
    }

    @Override
    public void init(WebConnection connection) {
        OPENING.set(guard);
        try {
            handler.init(new GuardedConnection(connection, guard));
        } finally {
            OPENING.remove();
        }
    }

    /** Lets the handler go, and with it the container's read buffers: the request, kept for reuse, refers to this object. */
    @Override
    public void destroy() {
        HttpUpgradeHandler ended = handler;
        if (ended != null) {
            handler = null;
            ended.destroy();
        }
    }

    private static final class GuardedConnection implements WebConnection {
        private final WebConnection connection;
        private final FramingGuard guard;
        private @Nullable GuardedInput input;

        GuardedConnection(WebConnection connection, FramingGuard guard) {
            this.connection = connection;
            this.guard = guard;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input == null) {
                input = new GuardedInput(connection.getInputStream(), guard);
            }
            return input;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return connection.getOutputStream();
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
