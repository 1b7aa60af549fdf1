package com.claudemesh.cli.mcp;

import com.claudemesh.cli.Version;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The methods of MCP that a push-only server has. Claude Code accepts channel events only from a server that negotiates
 * no revision later than {@value #LATEST_REVISION} and doesn't know the handshake of later ones.
 */
final class McpMethods {
    static final String LATEST_REVISION = "2025-11-25";
    private static final List<String> REVISIONS =
            List.of(LATEST_REVISION, "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07");
    /** Must be the name behind {@code server:} on Claude Code's command line. */
    private static final String SERVER_NAME = "claudemesh";

    private final String instructions;
    private final HandshakeListener listener;

    /** Learns how far the host is. */
    interface HandshakeListener {
        /** The host has begun to introduce itself. */
        void begun();

        /** The host is ready for notifications. May be called again. */
        void ready();
    }

    McpMethods(String instructions, HandshakeListener listener) {
        this.instructions = instructions;
        this.listener = listener;
    }

    /** @throws JsonRpcException when there is no result */
    JsonNode call(String method, ObjectNode params) {
        JsonNode result =
                switch (method) {
                    case "initialize" -> initialize(params);
                    case "ping" -> Output.object();
                    case "tools/list" -> emptyList("tools");
                    case "tools/call" -> toolNotExposed(params);
                    case "prompts/list" -> emptyList("prompts");
                    case "prompts/get" -> throw unknownPrompt(params);
                    case "resources/list" -> emptyList("resources");
                    case "resources/templates/list" -> emptyList("resourceTemplates");
                    case "resources/read" -> throw unknownResource(params);
                    default -> throw new JsonRpcException(JsonRpc.METHOD_NOT_FOUND, "unknown method: " + shown(method));
                };
        if (!method.equals("initialize") && !method.equals("ping")) {
            // Some hosts never send the notification that they are initialized; who asks for more is.
            listener.ready();
        }
        return result;
    }

    void notified(String method) {
        if (method.equals("notifications/initialized")) {
            listener.ready();
        }
    }

    private ObjectNode initialize(ObjectNode params) {
        if (!params.path("protocolVersion").isTextual()) {
            throw new JsonRpcException(JsonRpc.INVALID_PARAMS, "protocolVersion must be a text");
        }
        listener.begun();
        String asked = params.get("protocolVersion").textValue();
        ObjectNode result = Output.object().put("protocolVersion", REVISIONS.contains(asked) ? asked : LATEST_REVISION);
        ObjectNode capabilities = result.putObject("capabilities");
        capabilities.putObject("experimental").putObject("claude/channel");
        capabilities.putObject("tools");
        capabilities.putObject("prompts");
        capabilities.putObject("resources");
        result.putObject("serverInfo").put("name", SERVER_NAME).put("version", Version.current());
        return result.put("instructions", instructions);
    }

    private static ObjectNode emptyList(String field) {
        ObjectNode result = Output.object();
        result.putArray(field);
        return result;
    }

    private static ObjectNode toolNotExposed(ObjectNode params) {
        ObjectNode result = Output.object();
        result.putArray("content")
                .addObject()
                .put("type", "text")
                .put(
                        "text",
                        "tool \"" + shown(params.path("name").asText())
                                + "\" is not exposed; use the command line: claudemesh --help");
        return result.put("isError", true);
    }

    private static JsonRpcException unknownPrompt(ObjectNode params) {
        return new JsonRpcException(
                JsonRpc.INVALID_PARAMS,
                "unknown prompt: " + shown(params.path("name").asText()));
    }

    private static JsonRpcException unknownResource(ObjectNode params) {
        return new JsonRpcException(
                JsonRpc.RESOURCE_NOT_FOUND,
                "unknown resource: " + shown(params.path("uri").asText()));
    }

    private static String shown(String foreign) {
        return foreign.length() <= 100 ? foreign : foreign.substring(0, 100) + "…";
    }
}
