package com.claudemesh.audit;

import com.claudemesh.platform.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends to the hash chains of meshes, inside a transaction that the caller owns. Blocking; safe for any thread. Who has
 * round trips to save adds {@link AuditAppend}'s two steps to its own.
 *
 * <p>The head row of each mesh is locked until that transaction ends, on any number of nodes, in the order of mesh ids.
 * So append once per transaction, as its last statement: then nobody waits for a head while others wait for what it holds,
 * and the chain is locked no longer than the commit takes.
 */
public final class AuditChainStore {

    /** Appends the events in list order. Any number of meshes, one multi-row insert. */
    public void append(Connection connection, List<AuditEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        AuditAppend append = new AuditAppend();
        Pipeline pipeline = new Pipeline();
        append.lock(pipeline, events.stream().map(AuditEvent::meshId).toList());
        pipeline.run(connection);
        append.add(pipeline, events.stream().map(PreparedEvent::of).toList());
        pipeline.run(connection);
    }
}
