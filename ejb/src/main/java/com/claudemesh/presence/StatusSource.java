package com.claudemesh.presence;

/** Where a status comes from, weakest first: a later constant outranks the earlier ones. */
public enum StatusSource {
    /** Nobody said so: the status of a new peer, and of one whose work went stale. */
    JSONL,
    /** The peer's own {@code set_status}. */
    MANUAL,
    /** A hook of the coding session. */
    HOOK;

    boolean outranks(StatusSource other) {
        return compareTo(other) > 0;
    }
}
