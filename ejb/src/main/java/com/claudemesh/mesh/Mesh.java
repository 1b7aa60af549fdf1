package com.claudemesh.mesh;

import com.claudemesh.platform.JsonTextConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A mesh with its keys, which are encrypted. */
@Entity
@Table(schema = "mesh", name = "mesh")
public class Mesh {
    @Id
    String id;

    @Column(nullable = false)
    String name;

    @Column(nullable = false)
    String slug;

    @Column(name = "owner_account_id")
    @Nullable
    String ownerAccountId;

    @Column(name = "owner_pubkey", nullable = false)
    String ownerPublicKey;

    @Column(name = "owner_secret_enc", nullable = false)
    String ownerSecretEncrypted;

    @Column(name = "root_key_enc", nullable = false)
    String rootKeyEncrypted;

    @Column(name = "self_editable", nullable = false)
    @Convert(converter = JsonTextConverter.class)
    String selfEditable;

    @Column(name = "v1_invites", nullable = false)
    boolean v1Invites;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
