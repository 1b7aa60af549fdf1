package com.claudemesh.invite;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored invitation. */
@Entity
@Table(schema = "mesh", name = "invite")
public class Invite {
    @Id
    String id;

    @Column(name = "mesh_id", nullable = false)
    String meshId;

    @Column(nullable = false)
    String code;

    @Column(name = "token_hash", nullable = false)
    String tokenHash;

    @Column(name = "broker_url", nullable = false)
    String brokerUrl;

    @Column(nullable = false)
    String role;

    @Column(name = "max_uses", nullable = false)
    int maxUses;

    @Column(name = "used_count", nullable = false)
    int usedCount;

    @Column(name = "capability_v2", nullable = false)
    String capabilityV2;

    @Column(name = "created_by")
    @Nullable
    String createdBy;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    boolean isUsable(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt) && usedCount < maxUses;
    }
}
