package com.claudemesh.identity;

import java.util.Locale;
import java.util.Optional;

/** What an account may do on the server as a whole; rights inside a mesh are the member's. */
public enum AccountRole {
    ADMIN,
    USER;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AccountRole> fromWire(String text) {
        for (AccountRole role : values()) {
            if (role.wire().equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
