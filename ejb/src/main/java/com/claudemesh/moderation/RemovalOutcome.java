package com.claudemesh.moderation;

import java.util.List;

/** What became of a kick or disconnect. */
public sealed interface RemovalOutcome {

    /**
     * Session names, one per connection.
     *
     * @param spared daemons that fit and were left alone
     */
    record Removed(List<String> names, List<String> spared) implements RemovalOutcome {
        public Removed {
            names = List.copyOf(names);
            spared = List.copyOf(spared);
        }
    }

    /** The connections that fit belong to so many members; nothing was closed. */
    record Ambiguous(long members) implements RemovalOutcome {}
}
