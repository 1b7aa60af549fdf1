package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of JSON objects. Members that no component is called after are ignored; a missing one is null, and nothing is
 * taken for a value of another type: no text for a number, no 1.0 for an integer.
 */
final class RecordReader {
    private RecordReader() {}

    /** A member has the wrong type, or is missing where a value is needed. */
    static final class WrongTypeException extends RuntimeException {
        private final String path;

        private WrongTypeException(String path, @Nullable Throwable cause) {
            super(path + ": wrong type", cause);
            this.path = path;
        }

        /** Names and indexes from the frame to the value, separated by dots; empty for the frame itself. */
        String path() {
            return path;
        }

        private WrongTypeException within(String step) {
            return new WrongTypeException(path.isEmpty() ? step : step + "." + path, getCause());
        }
    }

    /**
     * The record of an object.
     *
     * @throws WrongTypeException for a member of the wrong type
     * @throws InvalidFieldException for one that the record refuses
     */
    static Object read(ObjectNode object, Class<?> record) {
        RecordShape shape = RecordShape.of(record);
        RecordShape.Component[] components = shape.components();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].name();
            try {
                values[i] = value(object.get(name), components[i].type());
            } catch (WrongTypeException inside) {
                throw inside.within(name);
            }
        }
        try {
            return shape.make(values);
        } catch (InvalidFieldException refused) {
            throw refused;
        } catch (RuntimeException refused) {
            throw new WrongTypeException("", refused);
        }
    }

    private static @Nullable Object value(@Nullable JsonNode node, Type type) {
        if (type == JsonNode.class) {
            return node;
        }
        if (node == null || node.isNull()) {
            return absent(type);
        }
        if (type instanceof Class<?> simple) {
            return simple(node, simple);
        }
        return container(node, (ParameterizedType) type);
    }

    private static @Nullable Object absent(Type type) {
        if (type instanceof Class<?> simple && simple.isPrimitive()) {
            throw wrong();
        }
        return null;
    }

    private static Object simple(JsonNode node, Class<?> type) {
        if (type == String.class) {
            return accepted(node.isTextual(), node).textValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            return accepted(node.isBoolean(), node).booleanValue();
        }
        if (type == int.class || type == Integer.class) {
            return accepted(node.isIntegralNumber() && node.canConvertToInt(), node)
                    .intValue();
        }
        if (type == long.class || type == Long.class) {
            return accepted(node.isIntegralNumber() && node.canConvertToLong(), node)
                    .longValue();
        }
        if (type == BigDecimal.class) {
            return accepted(Json.isFiniteNumber(node), node).decimalValue();
        }
        if (type.isEnum()) {
            return WireText.read(type, accepted(node.isValueNode(), node).asText());
        }
        if (type.isRecord() && node instanceof ObjectNode object) {
            return read(object, type);
        }
        throw wrong();
    }

    private static Object container(JsonNode node, ParameterizedType type) {
        Type[] parameters = type.getActualTypeArguments();
        if (type.getRawType() == List.class && node instanceof ArrayNode array) {
            return list(array, parameters[0]);
        }
        if (type.getRawType() == Map.class && node instanceof ObjectNode object) {
            return map(object, parameters[1]);
        }
        throw wrong();
    }

    private static List<@Nullable Object> list(ArrayNode array, Type type) {
        List<@Nullable Object> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            try {
                items.add(value(array.get(i), type));
            } catch (WrongTypeException inside) {
                throw inside.within(Integer.toString(i));
            }
        }
        return items;
    }

    private static Map<String, @Nullable Object> map(ObjectNode object, Type type) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            try {
                entries.put(member.getKey(), value(member.getValue(), type));
            } catch (WrongTypeException inside) {
                throw inside.within(member.getKey());
            }
        }
        return entries;
    }

    private static JsonNode accepted(boolean fits, JsonNode node) {
        if (!fits) {
            throw wrong();
        }
        return node;
    }

    private static WrongTypeException wrong() {
        return new WrongTypeException("", null);
    }
}
