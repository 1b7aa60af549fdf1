package com.claudemesh.ws;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The socket at {@code /ws}: one instance per connection, called by the container's threads. */
@ServerEndpoint(value = "/ws", configurator = ForwardedHeader.class)
public class MeshEndpoint {
    private static final Logger LOG = System.getLogger(MeshEndpoint.class.getName());

    @Inject
    WebSocketServer server;

    private @Nullable Connection connection;

    @OnOpen
    public void opened(Session session) {
        connection = server.open(session);
    }

    @OnMessage
    public void text(String text) {
        connection.received(text);
    }

    /** A binary frame holding UTF-8 JSON is as good as a text frame. */
    @OnMessage
    public void binary(ByteBuffer bytes) {
        connection.received(StandardCharsets.UTF_8.decode(bytes).toString());
    }

    @OnMessage
    public void pong(PongMessage pong) {
        connection.receivedPong();
    }

    @OnError
    public void failed(Throwable cause) {
        LOG.log(Level.DEBUG, "event=socket_error", cause);
    }

    @OnClose
    public void closed(CloseReason reason) {
        if (connection != null) {
            server.closed(connection);
        }
    }
}
