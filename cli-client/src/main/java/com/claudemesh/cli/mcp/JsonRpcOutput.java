package com.claudemesh.cli.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The only writer of standard output: whole lines, one at a time, each flushed. Safe for any thread. */
final class JsonRpcOutput {
    private final PrintStream out;
    private final Runnable whenBroken;
    private boolean broken;

    /** @param whenBroken called once when nobody reads any more */
    JsonRpcOutput(PrintStream out, Runnable whenBroken) {
        this.out = out;
        this.whenBroken = whenBroken;
    }

    /** Whether the line was taken; a reader may still lose it. */
    synchronized boolean write(ObjectNode message) {
        if (broken) {
            return false;
        }
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.flush();
        if (out.checkError()) {
            broken = true;
            whenBroken.run();
        }
        return !broken;
    }
}
