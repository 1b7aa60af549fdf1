package com.claudemesh.invite;

import java.time.Instant;

/** What somebody who holds an invitation may know before joining. */
public record InvitePreview(
        String meshName,
        String meshSlug,
        int memberCount,
        String role,
        Instant expiresAt,
        int maxUses,
        int usedCount) {}
