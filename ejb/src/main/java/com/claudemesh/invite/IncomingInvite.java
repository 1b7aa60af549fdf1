package com.claudemesh.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An invitation that was sent to somebody's e-mail address and waits for an answer. */
public record IncomingInvite(
        String id,
        String meshId,
        String meshName,
        String meshSlug,
        String code,
        String role,
        Instant expiresAt,
        Instant sentAt,
        @Nullable String inviterAccountId,
        long memberCount) {

    /** Leaves the code out. */
    @Override
    public String toString() {
        return "IncomingInvite[" + id + "]";
    }
}
