package com.claudemesh.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as it stands in the record. {@code id} grows with time over all meshes. */
public record RecordedEvent(
        long id,
        String eventType,
        @Nullable String actorMemberId,
        @Nullable String actorDisplayName,
        JsonNode payload,
        String previousHash,
        String hash,
        Instant createdAt) {}
