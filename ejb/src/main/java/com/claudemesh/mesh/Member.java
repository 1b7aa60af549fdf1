package com.claudemesh.mesh;

import com.claudemesh.platform.JsonTextConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member of a mesh: one key. */
@Entity
@Table(schema = "mesh", name = "member")
public class Member {
    @Id
    String id;

    @Column(name = "mesh_id", nullable = false)
    String meshId;

    @Column(name = "account_id")
    @Nullable
    String accountId;

    @Column(name = "peer_pubkey", nullable = false)
    String publicKey;

    @Column(name = "display_name", nullable = false)
    String displayName;

    @Column(nullable = false)
    String role;

    @Column(name = "role_tag")
    @Nullable
    String roleTag;

    @Column(name = "default_groups", nullable = false)
    @Convert(converter = JsonTextConverter.class)
    String defaultGroups = "[]";

    @Column(name = "message_mode", nullable = false)
    String messageMode = "push";

    @Column(name = "peer_grants", nullable = false)
    @Convert(converter = JsonTextConverter.class)
    String peerGrants = "{}";

    /** Nobody holds the key. */
    @Column(nullable = false)
    boolean keyless;

    @Column(name = "joined_at", nullable = false)
    Instant joinedAt;

    /** Left by its own will: may join again. */
    @Column(name = "left_at")
    @Nullable
    Instant leftAt;

    /** Banned: may not join again. */
    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    boolean isActive() {
        return leftAt == null && revokedAt == null;
    }
}
