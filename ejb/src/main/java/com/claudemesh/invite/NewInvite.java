package com.claudemesh.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new invitation as its maker hands it out.
 *
 * @param url short link
 * @param token the v1 token, which holds the mesh's root key; null when the mesh has no such invitations
 * @param canonical the signed text of the capability
 * @param pendingId of an invitation by e-mail
 * @param emailed a mail is on its way
 */
public record NewInvite(
        String id,
        String code,
        String url,
        @Nullable String token,
        String canonical,
        String ownerPublicKey,
        Instant expiresAt,
        @Nullable String pendingId,
        boolean emailed) {

    /** Leaves everything out that lets somebody in. */
    @Override
    public String toString() {
        return "NewInvite[" + id + ", expires " + expiresAt + "]";
    }
}
