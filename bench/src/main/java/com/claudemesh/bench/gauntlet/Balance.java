package com.claudemesh.bench.gauntlet;

import java.util.Collection;

/**
 * The state of one or more ledgers.
 *
 * @param refused sends that were refused or stayed unanswered; nothing is promised about them
 * @param arrived distinct messages that arrived
 * @param lost acknowledged messages that have not arrived
 * @param duplicates arrivals of a message that had arrived before
 * @param outOfOrder messages that a later one of the same sender and recipient had overtaken
 */
public record Balance(long acknowledged, long refused, long arrived, long lost, long duplicates, long outOfOrder) {
    public static final Balance EMPTY = new Balance(0, 0, 0, 0, 0, 0);

    public static Balance of(Collection<Ledger> ledgers) {
        return ledgers.stream().map(Ledger::balance).reduce(EMPTY, Balance::plus);
    }

    public Balance plus(Balance other) {
        return new Balance(
                acknowledged + other.acknowledged,
                refused + other.refused,
                arrived + other.arrived,
                lost + other.lost,
                duplicates + other.duplicates,
                outOfOrder + other.outOfOrder);
    }

    /** What was added since an earlier balance; what is lost now counts whole. */
    public Balance since(Balance earlier) {
        return new Balance(
                acknowledged - earlier.acknowledged,
                refused - earlier.refused,
                arrived - earlier.arrived,
                lost,
                duplicates - earlier.duplicates,
                outOfOrder - earlier.outOfOrder);
    }

    public boolean holds() {
        return lost == 0 && duplicates == 0 && outOfOrder == 0;
    }
}
