package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the mesh, newest first.
 *
 * @param total how many events the query fits, all pages together
 */
public record AuditResult(List<Entry> entries, long total) implements ServerFrame {

    /**
     * One event. {@code actorMemberId} and {@code prevHash} are additions with which a client can check the chain by
     * itself.
     *
     * @param actor the actor's name at the time, else its member id, else {@code system}; not covered by the hash
     * @param actorCurrentName what the member is called now; an addition, absent for events without a member
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            long id,
            String eventType,
            String actor,
            @Nullable String actorMemberId,
            @Nullable String actorCurrentName,
            JsonNode payload,
            String prevHash,
            String hash,
            String createdAt) {}
}
