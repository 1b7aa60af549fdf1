package com.claudemesh.cli.mcp;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The messages of JSON-RPC 2.0 that a server writes, and its error codes. */
final class JsonRpc {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /** Of MCP: there is no resource of that address. */
    static final int RESOURCE_NOT_FOUND = -32002;

    private static final String VERSION = "2.0";

    private JsonRpc() {}

    static ObjectNode result(JsonNode id, JsonNode result) {
        ObjectNode message = message();
        message.set("id", id);
        message.set("result", result);
        return message;
    }

    static ObjectNode error(JsonNode id, int code, String text) {
        ObjectNode message = message();
        message.set("id", id);
        message.putObject("error").put("code", code).put("message", text);
        return message;
    }

    /** For input that nobody can tell the id of. */
    static ObjectNode error(int code, String text) {
        return error(NullNode.getInstance(), code, text);
    }

    static ObjectNode notification(String method, ObjectNode params) {
        ObjectNode message = message().put("method", method);
        message.set("params", params);
        return message;
    }

    static boolean isVersion2(ObjectNode message) {
        return VERSION.equals(message.path("jsonrpc").textValue());
    }

    private static ObjectNode message() {
        return Output.object().put("jsonrpc", VERSION);
    }
}
