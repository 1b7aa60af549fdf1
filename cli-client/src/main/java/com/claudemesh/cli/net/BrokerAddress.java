package com.claudemesh.cli.net;

import java.net.URI;

/** Addresses derived from a broker's WebSocket address. */
public final class BrokerAddress {
    private static final String WEB_SOCKET_PATH = "/ws";

    private BrokerAddress() {}

    /** {@code wss://host/ws} to {@code https://host}, {@code ws://host:1/ws} to {@code http://host:1}. */
    public static String httpBase(String brokerUrl) {
        String base = brokerUrl;
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        if (base.endsWith(WEB_SOCKET_PATH)) {
            base = base.substring(0, base.length() - WEB_SOCKET_PATH.length());
        }
        return base.startsWith("ws") ? "http" + base.substring(2) : base;
    }

    /** {@code https://host/any/path} to {@code wss://host/ws}. */
    public static String ofHttpOrigin(String url) {
        URI uri = URI.create(url);
        String scheme = "https".equals(uri.getScheme()) ? "wss" : "ws";
        return scheme + "://" + uri.getRawAuthority() + WEB_SOCKET_PATH;
    }
}
