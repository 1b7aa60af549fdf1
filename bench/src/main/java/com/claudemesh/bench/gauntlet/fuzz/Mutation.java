package com.claudemesh.bench.gauntlet.fuzz;

/** The ways in which a frame is broken. */
public enum Mutation {
    /** As it should be, with values of the right types. */
    NONE,
    WRONG_TYPE,
    MISSING_FIELD,
    EXTRA_FIELD,
    DEEP_NESTING,
    HUGE_NUMBER,
    LONG_TEXT,
    STRANGE_TEXT,
    DUPLICATE_KEY,
    TRUNCATED,
    GARBLED,
    NOT_AN_OBJECT,
    UNKNOWN_TYPE,
    FRAGMENTED,
    BINARY,
    OVERSIZED,
    INVALID_UTF8,
    BROKEN_WEBSOCKET;

    /** Breaks the rules of WebSocket itself, for which the container may hang up. */
    boolean mayEndConnection() {
        return this == OVERSIZED || this == INVALID_UTF8 || this == BROKEN_WEBSOCKET;
    }

    /** How often it comes up in relation to the others; what may end the connection is rare, as it costs a new one. */
    int weight() {
        return switch (this) {
            case OVERSIZED -> 1;
            case INVALID_UTF8, BROKEN_WEBSOCKET -> 4;
            case LONG_TEXT, DEEP_NESTING -> 20;
            default -> 60;
        };
    }
}
