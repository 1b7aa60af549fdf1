package com.claudemesh.mesh;

/** What became of a change of grants. */
public sealed interface GrantsOutcome {

    /** All grants of the member, after the change. */
    record Changed(Grants grants) implements GrantsOutcome {}

    /** Nothing was changed: the member would have more entries than it may. */
    record TooMany(int maxEntries) implements GrantsOutcome {}

    /** No such active member of that mesh. */
    record NotAMember() implements GrantsOutcome {}
}
