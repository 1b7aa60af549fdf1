package com.claudemesh.bench.gauntlet.clock;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Runs inside the process whose clock is moved, alone in its jar with the patched classes: it must not bring any library
 * into that process.
 */
public final class ClockShiftAgent {
    static final String OFFSET = "claudemesh.bench.clockOffsetMillis";
    static final String[] PATCHED = {"java.time.Clock", "java.time.Clock$SystemClock"};

    private ClockShiftAgent() {}

    /**
     * Called by the JVM on every attachment.
     *
     * @param offsetMillis by how much the clock is to differ from the machine's
     */
    public static void agentmain(String offsetMillis, Instrumentation instrumentation)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        boolean first = System.getProperty(OFFSET) == null;
        System.setProperty(OFFSET, offsetMillis);
        if (first) {
            for (String name : PATCHED) {
                instrumentation.redefineClasses(new ClassDefinition(Class.forName(name), patched(name)));
            }
        }
    }

    private static byte[] patched(String className) throws IOException {
        try (InputStream bytes = ClockShiftAgent.class.getResourceAsStream("/patched/" + className)) {
            if (bytes == null) {
                throw new IOException("the agent's jar lacks the patched " + className);
            }
            return bytes.readAllBytes();
        }
    }
}
