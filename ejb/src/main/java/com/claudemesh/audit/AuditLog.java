package com.claudemesh.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends to the hash chain of a mesh from container-managed transactions. */
@ApplicationScoped
public class AuditLog {

    @Inject
    private EntityManager entities;

    @Inject
    private AuditChainStore chains;

    @Inject
    private Clock clock;

    /**
     * Appends an event in the caller's transaction; it is kept if and only if the change that it describes is. The chain
     * stays locked until that transaction ends: make it the last thing that it does.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(
            String meshId,
            String eventType,
            @Nullable String actorMemberId,
            @Nullable String actorDisplayName,
            Map<String, ?> payload) {
        write(List.of(AuditEvent.of(meshId, eventType, actorMemberId, actorDisplayName, payload, clock.instant())));
    }

    /** Appends events of something that changes no row, in the caller's transaction or one of their own. */
    @Transactional
    public void append(List<AuditEvent> events) {
        write(events);
    }

    private void write(List<AuditEvent> events) {
        try {
            chains.append(entities.unwrap(Connection.class), events);
        } catch (SQLException e) {
            throw new IllegalStateException("audit events could not be appended", e);
        }
    }
}
