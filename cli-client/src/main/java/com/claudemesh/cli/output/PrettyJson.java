package com.claudemesh.cli.output;

import com.claudemesh.protocol.encoding.JsonText;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON with two spaces of indentation and {@code "key": value}, as {@code JSON.stringify(x, null, 2)} writes it. */
public final class PrettyJson {
    private PrettyJson() {}

    public static String text(JsonNode value) {
        StringBuilder out = new StringBuilder();
        append(out, value, "\n");
        return out.toString();
    }

    private static void append(StringBuilder out, JsonNode value, String lineStart) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            appendObject(out, object, lineStart);
        } else if (value instanceof ArrayNode array && !array.isEmpty()) {
            appendArray(out, array, lineStart);
        } else if (value.isTextual()) {
            JsonText.appendQuoted(out, value.textValue());
        } else {
            out.append(Json.text(value));
        }
    }

    private static void appendObject(StringBuilder out, ObjectNode object, String lineStart) {
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            out.append(separator).append(lineStart).append("  ");
            JsonText.appendQuoted(out, member.getKey());
            out.append(": ");
            append(out, member.getValue(), lineStart + "  ");
            separator = ",";
        }
        out.append(lineStart).append('}');
    }

    private static void appendArray(StringBuilder out, ArrayNode array, String lineStart) {
        String separator = "[";
        for (JsonNode element : array) {
            out.append(separator).append(lineStart).append("  ");
            append(out, element, lineStart + "  ");
            separator = ",";
        }
        out.append(lineStart).append(']');
    }
}
