package com.claudemesh.cli;

/** Which standard streams are terminals. */
public record TerminalStreams(boolean in, boolean out, boolean err) {

    static final String PROPERTY = "claudemesh.tty";

    /**
     * Reads the launcher's finding (a text that contains the digits 0, 1, 2 of the terminals). Without a launcher, Java
     * only knows whether input and output both are terminals.
     */
    static TerminalStreams detect() {
        String found = System.getProperty(PROPERTY);
        if (found == null) {
            boolean console = System.console() != null;
            return new TerminalStreams(console, console, console);
        }
        return new TerminalStreams(found.contains("0"), found.contains("1"), found.contains("2"));
    }
}
