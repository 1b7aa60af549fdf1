package com.claudemesh.sdk;

import java.util.random.RandomGenerator;

/** Answers every bounded question with the largest number allowed. */
final class HighestNumbers implements RandomGenerator {
    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("only bounded numbers are asked for");
    }

    @Override
    public long nextLong(long bound) {
        return bound - 1;
    }
}
