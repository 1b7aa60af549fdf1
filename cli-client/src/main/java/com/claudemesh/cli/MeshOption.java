package com.claudemesh.cli;

import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The mesh that a verb is about. */
public final class MeshOption {
    @Option(names = "--mesh", paramLabel = "slug", description = "which joined mesh")
    private @Nullable String slug;

    /**
     * The named mesh, else the last used one, else the only one.
     *
     * @throws CliException exit code 5 when there is none, 3 when several could be meant
     */
    public Membership one(VerbServices services) {
        return new MeshSelection(services.configFile().load().memberships())
                .one(slug(), services.lastUsed().slug());
    }

    public Optional<String> slug() {
        return Optional.ofNullable(slug);
    }
}
