package com.claudemesh.identity.apikey;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param issuerMemberId the member in whose name it acts
 * @param topicIds the topics it is for; null for all
 */
public record ApiKeyView(
        String id,
        String label,
        String prefix,
        String issuerMemberId,
        List<ApiKeyCapability> capabilities,
        @Nullable List<String> topicIds,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
