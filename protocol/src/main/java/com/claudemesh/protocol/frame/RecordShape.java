package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A record of the protocol as JSON: its components in order, each under its own name or the one that {@link JsonProperty}
 * gives it. Looked at once per class. Safe for any thread.
 */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final Component[] components;
    private final Constructor<?> constructor;

    /** One component of a record. */
    static final class Component {
        private final SerializedString name;
        private final Type type;
        private final Method accessor;
        private @Nullable Boolean nullIsWritten;

        private Component(RecordComponent component, Annotation[] parameter) {
            name = new SerializedString(name(component, parameter));
            type = component.getGenericType();
            accessor = component.getAccessor();
            accessor.setAccessible(true);
        }

        private static String name(RecordComponent component, Annotation[] parameter) {
            for (Annotation annotation : parameter) {
                if (annotation instanceof JsonProperty renamed) {
                    return renamed.value();
                }
            }
            return component.getName();
        }

        String name() {
            return name.getValue();
        }

        /** The name, escaped once for all writing. */
        SerializableString escapedName() {
            return name;
        }

        Type type() {
            return type;
        }

        @Nullable
        Object valueIn(Object record) {
            try {
                return accessor.invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("the component " + name() + " cannot be read", e);
            }
        }

        /** Asked only when there is a null to write: annotations are slow to read. */
        boolean nullIsWritten() {
            Boolean known = nullIsWritten;
            if (known == null) {
                JsonInclude own = accessor.getAnnotation(JsonInclude.class);
                known = own == null
                        ? nullsAreWritten(accessor.getDeclaringClass())
                        : own.value() == JsonInclude.Include.ALWAYS;
                nullIsWritten = known;
            }
            return known;
        }

        private static boolean nullsAreWritten(Class<?> record) {
            if (Frame.class.isAssignableFrom(record)) {
                return false;
            }
            JsonInclude all = record.getAnnotation(JsonInclude.class);
            return all == null || all.value() == JsonInclude.Include.ALWAYS;
        }
    }

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
        constructor = constructor(type, declared);
        Annotation[][] parameters = constructor.getParameterAnnotations();
        components = new Component[declared.length];
        for (int i = 0; i < declared.length; i++) {
            components[i] = new Component(declared[i], parameters[i]);
        }
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("every record has a canonical constructor", impossible);
        }
    }

    static RecordShape of(Class<?> record) {
        return SHAPES.get(record);
    }

    Component[] components() {
        return components;
    }

    /**
     * A record of these values.
     *
     * @throws RuntimeException what the record's constructor throws
     */
    Object make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", refused);
        } catch (InstantiationException | IllegalAccessException impossible) {
            throw new IllegalStateException(type.getName() + " cannot be made", impossible);
        }
    }
}
