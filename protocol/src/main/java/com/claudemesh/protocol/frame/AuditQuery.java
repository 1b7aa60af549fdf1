package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the mesh's record of events, newest first; answered by {@link AuditResult}.
 *
 * @param limit {@link Limits#DEFAULT_AUDIT_ROWS} when absent, at most {@link Limits#MAX_AUDIT_ROWS}
 * @param offset how many of the newest events to leave out
 * @param eventType only events of exactly this type
 */
public record AuditQuery(
        @Nullable Long limit,
        @Nullable Long offset,
        @Nullable String eventType) implements ClientFrame {

    public AuditQuery {
        Fields.optionalNumber("limit", limit, 1);
        Fields.optionalNumber("offset", offset, 0);
        Fields.optionalText("eventType", eventType, Limits.MAX_NAME_CHARS);
    }

    public int rows() {
        return limit == null ? Limits.DEFAULT_AUDIT_ROWS : (int) Math.min(limit, Limits.MAX_AUDIT_ROWS);
    }

    public long skipped() {
        return offset == null ? 0 : offset;
    }
}
