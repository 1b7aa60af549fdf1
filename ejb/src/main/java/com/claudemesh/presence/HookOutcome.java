package com.claudemesh.presence;

/** What became of a hook's report. */
public sealed interface HookOutcome {

    /** A live peer was told, which does not mean that its status changed. */
    record Applied(String presenceId) implements HookOutcome {}

    /** Nobody fits yet; the report waits a few seconds for the connection. */
    record Pending() implements HookOutcome {}
}
