package com.claudemesh.protocol.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lookup between frame records and their wire names, built from the sealed families once. A wire name is the record's name
 * in snake case: {@code hello_ack} for {@link HelloAck}. An annotation would say it too, and take a command that sends one
 * frame ten milliseconds to read.
 */
final class FrameTypes {
    private static final Map<Class<?>, String> IRREGULAR =
            Map.of(ErrorFrame.class, "error", DeadLetters.class, "dead_letters_result");
    /** One word on the wire. */
    private static final String API_KEY = "ApiKey";

    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            String irregular = IRREGULAR.get(type);
            return irregular == null ? snakeCase(type.getSimpleName()) : irregular;
        }
    };

    private FrameTypes() {}

    static String nameOf(Class<?> record) {
        return NAMES.get(record);
    }

    private static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (char c : name.replace(API_KEY, "Apikey").toCharArray()) {
            if (Character.isUpperCase(c) && !snake.isEmpty()) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }

    /** Wire name → record class, for all records of a sealed family. */
    static <F extends Frame> Map<String, Class<? extends F>> family(Class<F> sealed) {
        Map<String, Class<? extends F>> byName = new LinkedHashMap<>();
        for (Class<?> member : sealed.getPermittedSubclasses()) {
            byName.put(nameOf(member), member.asSubclass(sealed));
        }
        return Map.copyOf(byName);
    }
}
