package com.claudemesh.sdk;

/** Where a client is in its life. */
public enum ConnectionState {
    /** Not connected, nothing under way. */
    IDLE,
    /** Opening the socket or waiting for the answer to the hello. */
    CONNECTING,
    ONLINE,
    /** The connection broke; another attempt is scheduled. */
    WAITING,
    /** Closed, kicked, banned or refused: it stays that way. */
    CLOSED
}
