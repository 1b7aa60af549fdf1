package com.claudemesh.bench.gauntlet;

import java.util.random.RandomGenerator;

/** One kind of fault. */
public interface Fault {
    /** What it is called on the command line and in the table. */
    String name();

    /** How many rounds a full run has. */
    int rounds();

    /**
     * Strikes once while traffic flows, and returns when the fault is over; traffic need not have recovered yet.
     *
     * @return what happened, in a few words, for the table
     * @throws BrokenPromise when the server did something that it must not do
     */
    String strike(Arena arena, RandomGenerator random) throws Exception;

    /** What the fault's own clients know of their messages; checked together with the traffic's. */
    default Balance balance() {
        return Balance.EMPTY;
    }

    /** Messages that came again to the fault's own clients, which recognised them. */
    default long redelivered() {
        return 0;
    }

    /** Called once before the first round. */
    default void prepare(Arena arena) throws Exception {}

    /** Called once after the last round; leaves nothing connected. */
    default void cleanUp() throws Exception {}
}
