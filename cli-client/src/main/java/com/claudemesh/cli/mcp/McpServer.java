package com.claudemesh.cli.mcp;

import com.claudemesh.cli.io.Line;
import com.claudemesh.cli.io.LineReader;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the host's lines and answers them, each before the next is read. One thread. */
final class McpServer {
    static final int MAX_LINE_BYTES = Limits.MAX_FRAME_BYTES;

    private final McpMethods methods;
    private final JsonRpcOutput out;

    McpServer(McpMethods methods, JsonRpcOutput out) {
        this.methods = methods;
        this.out = out;
    }

    /** Serves until the input ends. */
    void serve(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, MAX_LINE_BYTES);
        Line line = lines.next();
        while (!(line instanceof Line.End)) {
            answer(line).ifPresent(out::write);
            line = lines.next();
        }
    }

    private Optional<ObjectNode> answer(Line line) {
        if (line instanceof Line.TooLong) {
            return Optional.of(
                    JsonRpc.error(JsonRpc.INVALID_REQUEST, "a line has more than " + MAX_LINE_BYTES + " bytes"));
        }
        if (line instanceof Line.Text text) {
            return text.text().isBlank() ? Optional.empty() : answer(text.text());
        }
        return Optional.of(JsonRpc.error(JsonRpc.PARSE_ERROR, "not UTF-8"));
    }

    private Optional<ObjectNode> answer(String text) {
        JsonNode message;
        try {
            message = Json.mapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            return Optional.of(JsonRpc.error(JsonRpc.PARSE_ERROR, "not JSON: " + malformed.getOriginalMessage()));
        }
        if (!(message instanceof ObjectNode object) || !JsonRpc.isVersion2(object)) {
            return Optional.of(JsonRpc.error(JsonRpc.INVALID_REQUEST, "not a JSON-RPC 2.0 message"));
        }
        boolean response = !object.has("method") && (object.has("result") || object.has("error"));
        return response ? Optional.empty() : answer(object);
    }

    private Optional<ObjectNode> answer(ObjectNode message) {
        JsonNode method = message.path("method");
        JsonNode id = message.path("id");
        boolean identified = id.isTextual() || id.isNumber();
        if (!method.isTextual() || !identified && !id.isMissingNode()) {
            return Optional.of(JsonRpc.error(JsonRpc.INVALID_REQUEST, "method must be a text, id a text or a number"));
        }
        if (id.isMissingNode()) {
            methods.notified(method.textValue());
            return Optional.empty();
        }
        try {
            return Optional.of(JsonRpc.result(id, methods.call(method.textValue(), params(message))));
        } catch (JsonRpcException refused) {
            return Optional.of(JsonRpc.error(id, refused.code(), refused.getMessage()));
        } catch (RuntimeException unexpected) {
            return Optional.of(JsonRpc.error(id, JsonRpc.INTERNAL_ERROR, String.valueOf(unexpected.getMessage())));
        }
    }

    private static ObjectNode params(ObjectNode message) {
        if (!message.has("params")) {
            return message.objectNode();
        }
        if (message.get("params") instanceof ObjectNode params) {
            return params;
        }
        throw new JsonRpcException(JsonRpc.INVALID_PARAMS, "params must be an object");
    }
}
