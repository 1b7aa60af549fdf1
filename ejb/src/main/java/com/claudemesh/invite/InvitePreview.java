package com.claudemesh.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody who holds a v1 token may know before joining. */
public sealed interface InvitePreview {

    /** @param inviterAccountId who made it, if it was a person */
    record Valid(
            String meshName,
            String meshSlug,
            @Nullable String inviterAccountId,
            int memberCount,
            String role,
            Instant expiresAt,
            int maxUses,
            int usedCount)
            implements InvitePreview {}

    /**
     * @param reason as the protocol names it
     * @param meshName and the rest: null unless the token was a real one
     */
    record Invalid(
            String reason,
            @Nullable String meshName,
            @Nullable String inviterAccountId,
            @Nullable Instant expiresAt) implements InvitePreview {
        static Invalid because(String reason) {
            return new Invalid(reason, null, null, null);
        }
    }
}
