package com.claudemesh.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which build of the server to start. */
public final class DistributionOption {
    private static final Path BUILT = Path.of("ear", "target", "distribution");

    @Option(
            names = "--distribution",
            description = "folder of the built server (default: ear/target/distribution of this checkout)")
    private @Nullable Path distribution;

    /** The folder that was named, else the build's, seen from the working directory or from this jar's checkout. */
    public Path folder() {
        if (distribution != null) {
            return distribution;
        }
        if (Files.isDirectory(BUILT)) {
            return BUILT.toAbsolutePath();
        }
        Path code = Path.of(DistributionOption.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return code.toAbsolutePath().getParent().getParent().getParent().resolve(BUILT);
    }
}
