package com.claudemesh.cli.setup;

import com.claudemesh.cli.Host;
import com.claudemesh.cli.Main;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How another program starts this command: the launcher on PATH, else the launcher by its path, else Java with the jar.
 *
 * @param program what to execute
 * @param leadingArguments come before the verb
 */
record OwnCommand(String program, List<String> leadingArguments) {
    /** Set by the launcher: its own absolute path. */
    static final String LAUNCHER_PROPERTY = "claudemesh.launcher";

    private static final String LAUNCHER = "claudemesh";
    private static final String SHELL_SAFE = "[A-Za-z0-9_@%+=:,./-]+";

    static OwnCommand find(Host host) {
        boolean onPath = Arrays.stream(
                        host.environment().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, LAUNCHER)));
        if (onPath) {
            return new OwnCommand(LAUNCHER, List.of());
        }
        String launcher = System.getProperty(LAUNCHER_PROPERTY, "");
        return launcher.isEmpty()
                ? new OwnCommand("java", List.of("-jar", jar().toString()))
                : new OwnCommand(launcher, List.of());
    }

    List<String> arguments(String... verb) {
        return Stream.concat(leadingArguments.stream(), Arrays.stream(verb)).toList();
    }

    /** The command as one line for a POSIX shell. */
    String shellLine(String... verb) {
        return Stream.concat(Stream.of(program), arguments(verb).stream())
                .map(OwnCommand::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches(SHELL_SAFE) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static Path jar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
