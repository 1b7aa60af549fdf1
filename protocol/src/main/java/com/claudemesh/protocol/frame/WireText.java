package com.claudemesh.protocol.frame;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** An enumeration whose constants are texts on the wire; its static method {@code fromWire} reads such a text. */
interface WireText {
    /** The text; no two constants have the same. */
    String wire();

    /** Looked up once per enumeration. */
    ClassValue<Method> READERS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            try {
                return type.getMethod("fromWire", String.class);
            } catch (NoSuchMethodException missing) {
                throw new IllegalStateException("no fromWire in " + type.getName(), missing);
            }
        }
    };

    /** @throws InvalidFieldException when no constant of the enumeration is called so */
    static Object read(Class<?> type, String text) {
        try {
            return READERS.get(type).invoke(null, text);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof InvalidFieldException reason) {
                throw reason;
            }
            throw new IllegalStateException("fromWire of " + type.getName() + " failed", refused);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("fromWire is public", impossible);
        }
    }
}
