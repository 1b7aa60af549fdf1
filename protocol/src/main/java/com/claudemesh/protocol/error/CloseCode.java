package com.claudemesh.protocol.error;

/** WebSocket close codes that the protocol uses (RFC 6455 §7.4 and the private range). */
public enum CloseCode {
    NORMAL(1000, false),
    GOING_AWAY(1001, false),
    POLICY(1008, false),
    TOO_BIG(1009, false),
    SERVICE_RESTART(1012, false),
    TRY_AGAIN_LATER(1013, false),
    KICKED(4001, true),
    BANNED(4002, true);

    private final int code;
    private final boolean terminal;

    CloseCode(int code, boolean terminal) {
        this.code = code;
        this.terminal = terminal;
    }

    public int code() {
        return code;
    }

    /** True when a client must not reconnect by itself. */
    public static boolean isTerminal(int code) {
        return code == KICKED.code || code == BANNED.code;
    }

    public boolean terminal() {
        return terminal;
    }
}
