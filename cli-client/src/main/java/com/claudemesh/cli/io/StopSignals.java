package com.claudemesh.cli.io;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Lets a verb end in its own way when it is told to stop, by Ctrl-C or by a supervisor. */
public final class StopSignals implements AutoCloseable {
    private static final Signal INTERRUPT = new Signal("INT");
    private static final Signal TERMINATE = new Signal("TERM");

    private final SignalHandler beforeInterrupt;
    private final SignalHandler beforeTerminate;

    /** @param stop called on a thread of the system's, possibly several times */
    public StopSignals(Runnable stop) {
        beforeInterrupt = Signal.handle(INTERRUPT, signal -> stop.run());
        beforeTerminate = Signal.handle(TERMINATE, signal -> stop.run());
    }

    /** Signals end the process again, as they did before. */
    @Override
    public void close() {
        Signal.handle(INTERRUPT, beforeInterrupt);
        Signal.handle(TERMINATE, beforeTerminate);
    }
}
