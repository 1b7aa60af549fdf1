package com.claudemesh.audit;

import org.jspecify.annotations.Nullable;

/**
 * Whether a mesh's chain holds.
 *
 * @param entries rows that are there
 * @param brokenAt id of the first row that does not fit; of the last that is left when rows are missing at the end
 */
public record AuditVerdict(
        boolean valid, long entries, @Nullable Long brokenAt) {}
