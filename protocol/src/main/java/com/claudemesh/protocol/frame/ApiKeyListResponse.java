package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mesh's API keys, newest first, revoked ones included. */
public record ApiKeyListResponse(List<Key> keys) implements ServerFrame {

    /**
     * One key, without its secret.
     *
     * @param topicScopes null for all topics
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Key(
            String id,
            String label,
            String prefix,
            List<ApiKeyCapability> capabilities,
            @Nullable List<String> topicScopes,
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String revokedAt,
            @Nullable String expiresAt) {}
}
