package com.claudemesh.bench.audit;

import com.claudemesh.bench.figures.Percentiles;

/**
 * What verifying one record takes.
 *
 * @param entries events in the record
 * @param valid whether the server found the chain whole every time
 * @param verifyMillis from the question to its answer
 * @param wantedMillis what the median must stay below
 */
record AuditFigures(long entries, boolean valid, Percentiles verifyMillis, long wantedMillis) {

    boolean met() {
        return valid && verifyMillis.p50() < wantedMillis;
    }
}
