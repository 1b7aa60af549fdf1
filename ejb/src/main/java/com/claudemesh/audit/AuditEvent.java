package com.claudemesh.audit;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a mesh. Never holds secrets or the content of messages.
 *
 * <p>What PostgreSQL cannot keep in {@code text} and {@code jsonb} (U+0000 and unpaired surrogates) becomes U+FFFD, so that
 * no name that a client chose keeps an event out of the record.
 *
 * @param actorMemberId who did it; null for the server
 * @param actorDisplayName the actor's name at that moment; not covered by the hash
 * @param payload texts, whole numbers, truth values, lists and maps of them; every other number may not come back from the
 *     database as the text that was hashed
 * @param at cut to milliseconds
 */
public record AuditEvent(
        String meshId,
        String eventType,
        @Nullable String actorMemberId,
        @Nullable String actorDisplayName,
        JsonNode payload,
        Instant at) {

    public AuditEvent {
        actorDisplayName = actorDisplayName == null ? null : StorableText.of(actorDisplayName);
        payload = StorableText.of(payload);
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    public static AuditEvent of(
            String meshId,
            String eventType,
            @Nullable String actorMemberId,
            @Nullable String actorDisplayName,
            Map<String, ?> payload,
            Instant at) {
        return new AuditEvent(
                meshId,
                eventType,
                actorMemberId,
                actorDisplayName,
                Json.mapper().valueToTree(payload),
                at);
    }
}
