package com.claudemesh.ws;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Keeps what proxies wrote about a handshake for the session that comes of it: later nobody knows its headers any more. */
public final class ForwardedHeader extends ServerEndpointConfig.Configurator {
    private static final String HEADER = "X-Forwarded-For";
    private static final String PROPERTY = ForwardedHeader.class.getName();

    /** Every value of {@code X-Forwarded-For}, in their order. */
    record Values(List<String> values) {}

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        List<String> values = request.getHeaders().get(HEADER);
        // Also for none: the map may have been filled for another handshake.
        config.getUserProperties().put(PROPERTY, new Values(values == null ? List.of() : List.copyOf(values)));
    }

    static List<String> of(Session session) {
        return session.getUserProperties().get(PROPERTY) instanceof Values known ? known.values() : List.of();
    }
}
