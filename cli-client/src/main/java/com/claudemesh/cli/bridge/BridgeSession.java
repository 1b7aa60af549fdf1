package com.claudemesh.cli.bridge;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whose connection is behind the socket.
 *
 * @param version of the process
 * @param mesh slug
 * @param session its session id
 * @param pubkey member key
 * @param online whether the server can be reached right now
 */
public record BridgeSession(
        String version, String mesh, String meshId, String session, String pubkey, String displayName, boolean online) {
    static final int PROTOCOL = 1;

    /** The reply to a hello. */
    public ObjectNode json() {
        return Output.object()
                .put("protocol", PROTOCOL)
                .put("version", version)
                .put("mesh", mesh)
                .put("meshId", meshId)
                .put("session", session)
                .put("pubkey", pubkey)
                .put("displayName", displayName)
                .put("online", online);
    }

    /** A session that nobody would want to use when a field is missing or the protocol is another one. */
    static BridgeSession of(JsonNode json) {
        return new BridgeSession(
                json.path("version").asText(),
                json.path("mesh").asText(),
                json.path("meshId").asText(),
                json.path("session").asText(),
                json.path("pubkey").asText(),
                json.path("displayName").asText(),
                json.path("online").asBoolean() && json.path("protocol").asInt() == PROTOCOL);
    }
}
