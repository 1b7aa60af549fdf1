package com.claudemesh.bench.figures;

/** Figures of a run in which every message has to arrive once and in order. */
public interface Completeness {
    /** How many messages were lost, repeated, overtaken or refused. */
    long broken();

    /** Everything was stored, and arrived once and in order. */
    default boolean complete() {
        return broken() == 0;
    }
}
