package com.claudemesh.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a verb may see of the machine that it runs on.
 *
 * @param environment variables of the process
 * @param home the person's home directory
 * @param workingDirectory absolute
 * @param out data and success lines, UTF-8
 * @param err errors, warnings and prompts, UTF-8
 */
public record Host(
        Map<String, String> environment,
        Path home,
        Path workingDirectory,
        InputStream in,
        PrintStream out,
        PrintStream err,
        TerminalStreams terminal,
        Clock clock) {

    /** The value of a variable; empty when it is unset or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether a question can be asked and answered. */
    public boolean interactive() {
        return terminal.in() && terminal.out();
    }
}
