package com.claudemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Reduces records to chosen fields: {@code --json=name,status}.
 *
 * @param fields names in the order asked for, dotted for nested ones; empty keeps everything
 */
public record Projection(List<String> fields) {
    private static final String ALIAS_OF_DISPLAY_NAME = "name";

    /** Reads a comma-separated list; blank text keeps everything. */
    public static Projection parse(String text) {
        return new Projection(List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .toList());
    }

    /** Each object of the array, or the object itself, reduced; an unknown field becomes null. */
    public JsonNode apply(JsonNode value) {
        if (fields.isEmpty()) {
            return value;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode reduced = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> reduced.add(apply(element)));
            return reduced;
        }
        return value instanceof ObjectNode object ? reduce(object) : value;
    }

    private ObjectNode reduce(ObjectNode record) {
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            JsonNode found = record.at("/" + field.replace('.', '/'));
            if (found.isMissingNode() && field.equals(ALIAS_OF_DISPLAY_NAME)) {
                found = record.path("displayName");
            }
            reduced.set(field, found.isMissingNode() ? JsonNodeFactory.instance.nullNode() : found);
        }
        return reduced;
    }
}
