package com.claudemesh.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that frame records make on their components. All throw {@link InvalidFieldException}. */
final class Fields {
    private Fields() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidFieldException(field, "is required");
        }
        return value;
    }

    static String text(String field, @Nullable String value, int maxChars) {
        String present = required(field, value);
        if (present.length() > maxChars) {
            throw new InvalidFieldException(field, "is longer than " + maxChars + " characters");
        }
        if (present.indexOf('\0') >= 0) {
            // JSON may hold it, PostgreSQL's text may not.
            throw new InvalidFieldException(field, "contains U+0000");
        }
        return present;
    }

    static @Nullable String optionalText(String field, @Nullable String value, int maxChars) {
        return value == null ? null : text(field, value, maxChars);
    }

    static <T> @Nullable List<T> optionalList(String field, @Nullable List<T> value, int maxItems) {
        if (value == null) {
            return null;
        }
        if (value.size() > maxItems) {
            throw new InvalidFieldException(field, "has more than " + maxItems + " entries");
        }
        for (T item : value) {
            if (item == null) {
                throw new InvalidFieldException(field, "contains null");
            }
        }
        return List.copyOf(value);
    }

    static @Nullable Long optionalNumber(String field, @Nullable Long value, long min) {
        if (value != null && value < min) {
            throw new InvalidFieldException(field, "must be at least " + min);
        }
        return value;
    }
}
