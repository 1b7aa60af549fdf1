package com.claudemesh.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar bench.jar load|provision …}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a claudemesh server through its public interfaces.",
        subcommands = {ProvisionCommand.class, LoadCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            System.err.println("bench: " + (failure.getMessage() == null ? failure : failure.getMessage()));
            return 1;
        });
        System.exit(line.execute(args));
    }
}
