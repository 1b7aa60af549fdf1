/**
 * The record of security-relevant events: one hash chain per mesh (crypto formats §16).
 *
 * <p>Promise: an event is appended in the transaction of the change that it describes, kept with it or not at all; writers
 * of one mesh are serialised by its head row, on any number of nodes; a changed, missing or reordered row is found. The
 * record is never deleted, not even with its mesh. What it cannot show is a chain that somebody with the database
 * administrator's rights wrote anew from the changed row to the head.
 *
 * <p>{@link com.claudemesh.audit.AuditLog} is the door for container-managed transactions, {@link
 * com.claudemesh.audit.AuditChainStore} for those of the JDBC core, {@link com.claudemesh.audit.AuditDesk} for readers,
 * {@link com.claudemesh.audit.AuditExporter} for whoever takes the record away. Appending, reading and exporting block; the
 * desk does not.
 */
@NullMarked
package com.claudemesh.audit;

import org.jspecify.annotations.NullMarked;
