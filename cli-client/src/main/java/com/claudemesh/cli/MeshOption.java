package com.claudemesh.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The mesh that a verb is about. */
public final class MeshOption {
    @Option(names = "--mesh", paramLabel = "slug", description = "which joined mesh")
    private @Nullable String slug;

    public Optional<String> slug() {
        return Optional.ofNullable(slug);
    }
}
