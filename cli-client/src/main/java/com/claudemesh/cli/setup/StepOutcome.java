package com.claudemesh.cli.setup;

/** What a step of install or uninstall did, or would do. */
enum StepOutcome {
    ADDED,
    UPDATED,
    REMOVED,
    UNCHANGED,
    /** Something of somebody else is in the place; left alone. */
    SKIPPED;

    boolean changes() {
        return this == ADDED || this == UPDATED || this == REMOVED;
    }
}
