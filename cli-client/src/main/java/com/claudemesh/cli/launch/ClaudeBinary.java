package com.claudemesh.cli.launch;

import com.claudemesh.cli.Host;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the {@code claude} program. */
public final class ClaudeBinary {
    private static final String NAME = "claude";

    private ClaudeBinary() {}

    /** What {@code CLAUDE_BIN} names, and nothing else; without it the usual places, then PATH. */
    public static Optional<Path> find(Host host) {
        Optional<String> chosen = host.variable("CLAUDE_BIN");
        if (chosen.isPresent()) {
            return chosen.map(Path::of).filter(Files::isExecutable);
        }
        Path home = host.home();
        Stream<Path> usual = Stream.of(
                home.resolve(".local/bin").resolve(NAME),
                Path.of("/usr/local/bin", NAME),
                home.resolve(".claude/bin").resolve(NAME),
                home.resolve(".npm/bin").resolve(NAME));
        Stream<Path> onPath = Arrays.stream(
                        host.environment().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, NAME));
        return Stream.concat(usual, onPath)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
