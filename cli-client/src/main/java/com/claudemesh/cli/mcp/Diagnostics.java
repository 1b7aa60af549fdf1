package com.claudemesh.cli.mcp;

import java.io.PrintStream;

/** What the person who looks at the server's log should know: lines on standard error. Safe for any thread. */
final class Diagnostics {
    private static final String PREFIX = "[claudemesh] ";

    private final PrintStream err;

    Diagnostics(PrintStream err) {
        this.err = err;
    }

    void info(String message) {
        err.println(PREFIX + message);
    }

    void warn(String message) {
        err.println(PREFIX + "warning: " + message);
    }
}
