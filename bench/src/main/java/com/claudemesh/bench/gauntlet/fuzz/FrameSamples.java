package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Frame;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes a JSON object for any frame that a client may send, from the components of its record. Deterministic. */
final class FrameSamples {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 4;

    private final RandomGenerator random;
    private final List<Class<?>> types;

    FrameSamples(RandomGenerator random) {
        this.random = random;
        this.types = Stream.of(ClientFrame.class.getPermittedSubclasses())
                .<Class<?>>map(type -> type)
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    List<Class<?>> types() {
        return types;
    }

    /** A frame of any type. */
    ObjectNode any() {
        return of(types.get(random.nextInt(types.size())));
    }

    /** A frame of that type with all components, or most of them. */
    ObjectNode of(Class<?> type) {
        ObjectNode frame = JSON.objectNode();
        frame.put("type", Frame.typeOf(type.asSubclass(Frame.class)));
        fill(frame, type, 0);
        if (random.nextInt(4) == 0) {
            frame.put("_reqId", "r" + random.nextInt(1_000_000));
        }
        return frame;
    }

    private void fill(ObjectNode target, Class<?> record, int depth) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (random.nextInt(8) != 0) {
                target.set(wireName(component), value(wireName(component), component.getGenericType(), depth));
            }
        }
    }

    private static String wireName(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private JsonNode value(String name, Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return container(name, generic, depth);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord() && depth < MAX_DEPTH) {
            ObjectNode nested = JSON.objectNode();
            fill(nested, raw, depth + 1);
            return nested;
        }
        if (raw.isEnum()) {
            Object[] constants = raw.getEnumConstants();
            return Json.mapper().valueToTree(constants[random.nextInt(constants.length)]);
        }
        if (raw == String.class) {
            return JSON.textNode(text(name));
        }
        if (raw == Boolean.class || raw == boolean.class) {
            return JSON.booleanNode(random.nextBoolean());
        }
        if (Number.class.isAssignableFrom(raw) || raw == int.class || raw == long.class || raw == double.class) {
            return number(raw);
        }
        return anything();
    }

    private JsonNode container(String name, ParameterizedType type, int depth) {
        Type[] parameters = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (Collection.class.isAssignableFrom(raw)) {
            ArrayNode items = JSON.arrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(value(name, parameters[0], depth + 1));
            }
            return items;
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode entries = JSON.objectNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.set(hex(64), value(name, parameters[1], depth + 1));
            }
            return entries;
        }
        return anything();
    }

    private JsonNode number(Class<?> type) {
        if (type == Double.class || type == double.class) {
            return JSON.numberNode(random.nextDouble() * 1_000);
        }
        return JSON.numberNode(random.nextInt(1_000));
    }

    /** Where a component may hold any JSON. */
    private JsonNode anything() {
        return switch (random.nextInt(4)) {
            case 0 -> JSON.numberNode(random.nextLong());
            case 1 -> JSON.textNode(word());
            case 2 -> JSON.objectNode().put(word(), random.nextInt());
            default -> JSON.arrayNode().add(word()).add(random.nextInt());
        };
    }

    private String text(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("pubkey") || lower.endsWith("key")) {
            return hex(64);
        }
        if (lower.endsWith("signature")) {
            return hex(128);
        }
        if (lower.equals("id") && random.nextBoolean()) {
            return hex(32);
        }
        if (lower.contains("target")) {
            return List.of("*", "@all", "@" + word(), "#" + word(), "tag:" + word(), hex(64), word())
                    .get(random.nextInt(7));
        }
        return word();
    }

    private String word() {
        return "w" + Integer.toString(random.nextInt(1_000_000), 36);
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
