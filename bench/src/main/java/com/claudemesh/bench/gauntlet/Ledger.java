package com.claudemesh.bench.gauntlet;

import java.util.BitSet;

/**
 * What is known of the numbered messages from one sender to one recipient: which were acknowledged, which arrived, and
 * whether the promises hold. Safe for any thread.
 */
public final class Ledger {
    private final BitSet acknowledged = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet arrived = new BitSet();
    private int highest = -1;
    private long duplicates;
    private long outOfOrder;

    /** The server said that the message is stored. */
    public synchronized void acknowledged(int number) {
        acknowledged.set(number);
    }

    /** The server refused the message, or no answer came in time. */
    public synchronized void refused(int number) {
        refused.set(number);
    }

    /** The message reached the recipient's application. */
    public synchronized void arrived(int number) {
        if (arrived.get(number)) {
            duplicates++;
            return;
        }
        arrived.set(number);
        if (number < highest) {
            outOfOrder++;
        }
        highest = Math.max(highest, number);
    }

    /** How many messages were answered one way or the other. */
    public synchronized int answered() {
        return acknowledged.cardinality() + refused.cardinality();
    }

    public synchronized Balance balance() {
        BitSet lost = (BitSet) acknowledged.clone();
        lost.andNot(arrived);
        return new Balance(
                acknowledged.cardinality(),
                refused.cardinality(),
                arrived.cardinality(),
                lost.cardinality(),
                duplicates,
                outOfOrder);
    }
}
