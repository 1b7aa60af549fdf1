package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * Whether the hash chain holds.
 *
 * @param entries events that are there
 * @param brokenAt id of the first event that does not fit; when events are missing at the end, of the last that is left
 */
public record AuditVerifyResult(
        boolean valid, long entries, @Nullable Long brokenAt) implements ServerFrame {}
