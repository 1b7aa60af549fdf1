package com.claudemesh.distribution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be recognised later, although its number may have gone to another one since.
 *
 * @param startedMillis when the operating system says it started; 0 when it does not say
 */
record ProcessRef(long pid, long startedMillis) {
    /** Start times are derived from the wall clock, which may have been set in between. */
    private static final long TOLERANCE_MILLIS = 60_000;

    static ProcessRef of(ProcessHandle process) {
        return new ProcessRef(process.pid(), startOf(process));
    }

    static ProcessRef ofThisProcess() {
        return of(ProcessHandle.current());
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> Math.abs(startOf(found) - startedMillis) < TOLERANCE_MILLIS);
    }

    @JsonIgnore
    boolean isAlive() {
        return find().isPresent();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
