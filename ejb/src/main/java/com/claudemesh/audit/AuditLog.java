package com.claudemesh.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Appends to the hash chain of a mesh from container-managed transactions. */
@ApplicationScoped
public class AuditLog {

    @Inject
    private EntityManager entities;

    @Inject
    private AuditChainStore chains;

    /** Appends events of something that changes no row, in the caller's transaction or one of their own. */
    @Transactional
    public void append(List<AuditEvent> events) {
        try {
            chains.append(entities.unwrap(Connection.class), events);
        } catch (SQLException e) {
            throw new IllegalStateException("audit events could not be appended", e);
        }
    }
}
