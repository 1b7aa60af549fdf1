package com.claudemesh.distribution;

/** Something the operator has to put right; the message is the one line that is printed. */
final class Refusal extends RuntimeException {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int ALREADY_RUNNING = 3;

    private final int exitCode;

    Refusal(String message) {
        this(message, FAILED);
    }

    Refusal(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
