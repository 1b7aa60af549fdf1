package com.claudemesh.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bearer token of an account, as its owner sees it in a list. Its secret is known to nobody but its holder. */
public record AccountToken(
        String id,
        TokenKind kind,
        String name,
        DeviceInfo device,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** A token with its owner, as a request presents it. */
    public record Active(String id, TokenKind kind, Account account) {}
}
