package com.claudemesh.bench.gauntlet;

/** The server did not do what it promises; the message says what. The gauntlet goes on with the next fault. */
public final class BrokenPromise extends Exception {
    private static final long serialVersionUID = 1;

    public BrokenPromise(String message) {
        super(message);
    }
}
