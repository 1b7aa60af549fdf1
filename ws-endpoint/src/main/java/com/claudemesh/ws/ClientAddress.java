package com.claudemesh.ws;

import com.claudemesh.platform.TrustedProxies;
import com.claudemesh.presence.NetworkAddress;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;

/**
 * The network address that a socket came from. Jakarta WebSocket does not tell it, Tyrus sessions do; on another container
 * it is unknown, and hooks then reach nobody rather than somebody else.
 */
final class ClientAddress {
    private static final Logger LOG = System.getLogger(ClientAddress.class.getName());
    private static final String ACCESSOR = "getRemoteAddr";

    private ClientAddress() {}

    /** Trusted proxies left out; empty when unknown. */
    static String of(Session session, TrustedProxies proxies) {
        try {
            Method accessor = session.getClass().getMethod(ACCESSOR);
            return accessor.invoke(session) instanceof String address
                    ? NetworkAddress.normal(proxies.client(address, ForwardedHeader.of(session)))
                    : "";
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "event=client_address_unknown", e);
            return "";
        }
    }
}
