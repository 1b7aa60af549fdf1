package com.claudemesh.cli.mcp;

import static com.claudemesh.cli.testing.Peers.key;

import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.IncomingMessage.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** What a server might push. The sender's session key is all 1, its member key all b, its name bob. */
final class Arrivals {
    private Arrivals() {}

    static IncomingMessage message(String id, @Nullable String text) {
        return message(id, text, Priority.NEXT, Kind.DIRECT, key('0'), null);
    }

    static IncomingMessage message(
            String id,
            @Nullable String text,
            Priority priority,
            Kind kind,
            @Nullable String target,
            @Nullable String subtype) {
        return new IncomingMessage(
                "mesh-crew",
                id,
                key('1'),
                key('b'),
                "bob",
                priority,
                "2026-03-01T11:59:59.000Z",
                "2026-03-01T12:00:00.000Z",
                kind,
                target,
                text,
                kind == Kind.DIRECT,
                subtype,
                "client-" + id,
                null);
    }

    static Push event(String name, String data) {
        try {
            return Push.system(
                    "event",
                    "mesh-crew",
                    "2026-03-01T12:00:00.000Z",
                    name,
                    Json.mapper().readTree(data));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
