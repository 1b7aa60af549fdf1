package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.bench.raw.RawSocket;

/** What a connection brings. */
sealed interface FuzzEvent {
    record Opened(RawSocket socket) implements FuzzEvent {}

    record Text(String json) implements FuzzEvent {}

    record Closed(int code, String reason) implements FuzzEvent {}

    /** Nothing, for as long as one waited. */
    record Silence() implements FuzzEvent {}
}
