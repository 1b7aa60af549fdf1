package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a bearer key for the REST interface. For administrators; answered by {@link ApiKeyCreated}.
 *
 * @param topicScopes names of the topics that the key is for, without {@code #}; all when absent
 * @param expiresAt ISO-8601; never when absent
 */
public record ApiKeyCreate(
        String label,
        List<ApiKeyCapability> capabilities,
        @Nullable List<String> topicScopes,
        @Nullable String expiresAt)
        implements ClientFrame {

    public ApiKeyCreate {
        label = Fields.text("label", label, Limits.MAX_API_KEY_LABEL_CHARS).strip();
        if (label.isEmpty() || label.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidFieldException("label", "must have visible characters only, and at least one");
        }
        capabilities = Fields.optionalList(
                "capabilities", Fields.required("capabilities", capabilities), ApiKeyCapability.values().length);
        if (capabilities.isEmpty()) {
            throw new InvalidFieldException("capabilities", "must not be empty");
        }
        topicScopes = Fields.optionalList("topicScopes", topicScopes, Limits.MAX_API_KEY_TOPICS);
        if (topicScopes != null) {
            topicScopes.forEach(topic -> Fields.text("topicScopes", topic, Limits.MAX_NAME_CHARS));
        }
        parse(Fields.optionalText("expiresAt", expiresAt, Limits.MAX_NAME_CHARS));
    }

    /** When the key stops working; empty for never. */
    public Optional<Instant> expiry() {
        return parse(expiresAt);
    }

    private static Optional<Instant> parse(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException("expiresAt", "must be a time like 2030-01-31T12:00:00Z");
        }
    }
}
