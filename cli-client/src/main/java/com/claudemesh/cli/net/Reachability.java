package com.claudemesh.cli.net;

/** Whether a server's WebSocket opens. */
public sealed interface Reachability {
    record Reachable(long latencyMillis) implements Reachability {}

    record Unreachable(String reason) implements Reachability {}
}
