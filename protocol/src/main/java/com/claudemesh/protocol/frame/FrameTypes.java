package com.claudemesh.protocol.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lookup between frame records and their wire names, built from the sealed families once. */
final class FrameTypes {
    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            WireName name = type.getAnnotation(WireName.class);
            if (name == null) {
                throw new IllegalStateException("no @WireName on " + type.getName());
            }
            return name.value();
        }
    };

    private FrameTypes() {}

    static String nameOf(Class<?> record) {
        return NAMES.get(record);
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
