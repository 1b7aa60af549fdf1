package com.claudemesh.invite;

/** The answer to a join. */
public sealed interface JoinOutcome {

    /** @param already the key was a member before; no use was consumed */
    record Joined(String memberId, boolean already) implements JoinOutcome {}

    /** @param error the protocol's text for the first check that failed */
    record Refused(String error) implements JoinOutcome {}
}
