package com.claudemesh.audit;

import java.util.List;

/**
 * Part of a mesh's record, newest first.
 *
 * @param total events that fit the query, all pages together
 */
public record AuditPage(List<RecordedEvent> events, long total) {
    public AuditPage {
        events = List.copyOf(events);
    }
}
