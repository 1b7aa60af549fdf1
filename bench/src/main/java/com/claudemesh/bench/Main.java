package com.claudemesh.bench;

import com.claudemesh.bench.audit.AuditCommand;
import com.claudemesh.bench.ceiling.CeilingCommand;
import com.claudemesh.bench.gauntlet.GauntletCommand;
import com.claudemesh.bench.load.LoadCommand;
import com.claudemesh.bench.provision.ProvisionCommand;
import com.claudemesh.bench.raw.RawCommand;
import com.claudemesh.bench.report.ReportCommand;
import com.claudemesh.bench.stream.StreamsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar bench.jar <command> …}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        description = "Measures a claudemesh server through its public interfaces.",
        subcommands = {
            ProvisionCommand.class,
            LoadCommand.class,
            RawCommand.class,
            AuditCommand.class,
            CeilingCommand.class,
            GauntletCommand.class,
            StreamsCommand.class,
            ReportCommand.class
        })
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
