package com.claudemesh.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Entry point of the jar. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Before anything else is loaded: editors and scripts ask for it all the time.
            out.println(Version.line());
            return;
        }
        System.setOut(out);
        System.exit(run(out, args));
    }

    private static int run(PrintStream out, String[] args) {
        Host host = new Host(
                System.getenv(),
                home(),
                Path.of("").toAbsolutePath(),
                System.in,
                out,
                utf8(FileDescriptor.err),
                TerminalStreams.detect(),
                Clock.systemUTC());
        return new CommandRunner(VerbServices.of(host)).run(List.of(args));
    }

    /** As a shell sees it: Java itself would ask the password file and overlook {@code HOME}. */
    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
