package com.claudemesh.invite;

import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.crypto.InviteV2;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored invitation.
 *
 * @param meshSlug slug of the mesh when the invitation was made; part of its v1 token
 * @param expiresAt whole seconds, as the signed texts carry them
 * @param capability signed text and signature of the mesh owner, JSON
 * @param createdBy account of whoever made it, if it was a person
 */
public record Invite(
        String id,
        String meshId,
        String code,
        String tokenHash,
        String meshSlug,
        String brokerUrl,
        Role role,
        int maxUses,
        int usedCount,
        InvitePreset preset,
        String capability,
        @Nullable String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Why it cannot be used. */
    public enum Flaw {
        REVOKED,
        EXPIRED,
        EXHAUSTED
    }

    /** Whether it is over for everybody, also for those who have used it. */
    Optional<Flaw> ended(Instant now) {
        if (isRevoked()) {
            return Optional.of(Flaw.REVOKED);
        }
        return isExpired(now) ? Optional.of(Flaw.EXPIRED) : Optional.empty();
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isExhausted() {
        return usedCount >= maxUses;
    }

    boolean isUsable(Instant now) {
        return !isRevoked() && !isExpired(now) && !isExhausted();
    }

    /** The signed text of the capability, made again from the row. */
    InviteV2 signed(String ownerPublicKey) {
        return new InviteV2(meshId, id, expiresAt.getEpochSecond(), role.wire(), ownerPublicKey);
    }

    /** Leaves code and capability out. */
    @Override
    public String toString() {
        return "Invite[" + id + ", mesh " + meshId + "]";
    }
}
