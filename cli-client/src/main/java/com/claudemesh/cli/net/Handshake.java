package com.claudemesh.cli.net;

/** How a server answered a hello. */
public sealed interface Handshake {
    record Accepted() implements Handshake {}

    /** @param code error code of the server, or why no answer came */
    record Refused(String code, String reason) implements Handshake {}
}
