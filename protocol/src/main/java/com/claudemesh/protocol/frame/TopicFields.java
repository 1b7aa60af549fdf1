package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what topic frames have in common. All throw {@link InvalidFieldException}. */
final class TopicFields {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    private TopicFields() {}

    /** The name of a topic that is to be made. */
    static String name(String field, @Nullable String value) {
        String name = Fields.required(field, value);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(field, "must be 1-50 of a-z 0-9 and -, and begin with a letter or digit");
        }
        return name;
    }

    /** The id or name of a topic, with or without {@code #}. */
    static String topic(@Nullable String value) {
        String topic = Fields.text("topic", value, Limits.MAX_NAME_CHARS);
        if (topic.isEmpty()) {
            throw new InvalidFieldException("topic", "must not be empty");
        }
        return topic;
    }

    /** Mentioned names, lower case and without a leading {@code @}. */
    static @Nullable List<String> mentions(String field, @Nullable List<String> value) {
        List<String> names = Fields.optionalList(field, value, Limits.MAX_MENTIONS);
        return names == null
                ? null
                : names.stream().map(name -> mention(field, name)).distinct().toList();
    }

    private static String mention(String field, String name) {
        String bare = (name.startsWith("@") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
        if (bare.isEmpty()) {
            throw new InvalidFieldException(field, "contains an empty name");
        }
        return Fields.text(field, bare, Limits.MAX_MENTION_CHARS);
    }

    static @Nullable Integer retentionDays(@Nullable Integer days) {
        if (days != null && (days < 0 || days > Limits.MAX_TOPIC_RETENTION_DAYS)) {
            throw new InvalidFieldException(
                    "retentionDays", "must be a whole number from 0 to " + Limits.MAX_TOPIC_RETENTION_DAYS);
        }
        return days;
    }

    /** A wish for rows, brought into bounds. */
    static int rows(@Nullable Integer wish, int fallback, int max) {
        return wish == null ? fallback : Math.max(1, Math.min(max, wish));
    }
}
