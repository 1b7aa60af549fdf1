package com.claudemesh.audit;

import com.claudemesh.protocol.crypto.audit.AuditEntry;

/**
 * An event with everything worked out that does not depend on its place in a chain: whoever appends holds a lock, and others
 * wait for it.
 *
 * @param payloadText the payload as JSON
 * @param contentText what is hashed, but for the previous hash
 */
public record PreparedEvent(AuditEvent event, String payloadText, String contentText) {

    public static PreparedEvent of(AuditEvent event) {
        AuditEntry entry = new AuditEntry(
                event.meshId(),
                event.eventType(),
                event.actorMemberId(),
                event.payload(),
                AuditEntry.timeText(event.at()));
        return new PreparedEvent(event, event.payload().toString(), entry.contentText());
    }
}
