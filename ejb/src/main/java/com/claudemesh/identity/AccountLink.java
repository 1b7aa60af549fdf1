package com.claudemesh.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A link that works once, as its holder may see it.
 *
 * @param email the address that the account has or will have; null when its holder chooses it
 */
public record AccountLink(Kind kind, String name, @Nullable String email) {

    /** What a link is for. All end with a new password. */
    public enum Kind {
        SET_UP,
        RESET,
        REGISTER;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind fromWire(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
