package com.claudemesh.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param email lower case, unique; null until the account is set up
 * @param disabledAt since when the account is banned, and nothing of it is accepted; null while it is not
 */
public record Account(
        String id,
        String name,
        @Nullable String email,
        boolean emailVerified,
        AccountRole role,
        boolean hasPassword,
        Instant createdAt,
        @Nullable Instant disabledAt) {

    public boolean isAdministrator() {
        return role == AccountRole.ADMIN;
    }

    public boolean isEnabled() {
        return disabledAt == null;
    }

    /** The e-mail address, or an empty text. */
    public String emailText() {
        return email == null ? "" : email;
    }
}
