package com.claudemesh.cli.policy;

import java.util.Locale;
import java.util.Optional;

/** What happens to a verb; a later constant is stricter than the earlier ones. */
public enum Decision {
    ALLOW,
    /** The person is asked. */
    PROMPT,
    DENY;

    static Optional<Decision> fromWire(String text) {
        return switch (text) {
            case "allow" -> Optional.of(ALLOW);
            case "prompt" -> Optional.of(PROMPT);
            case "deny" -> Optional.of(DENY);
            default -> Optional.empty();
        };
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
