package com.claudemesh.cli.account;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of verbs that act for an account. */
public final class AccountOptions {
    @Option(
            names = "--token",
            paramLabel = "token",
            description = "account token instead of the stored sign-in; CLAUDEMESH_TOKEN keeps it out of process lists")
    private @Nullable String token;

    @Option(
            names = "--server",
            paramLabel = "url",
            description =
                    "which server (default: CLAUDEMESH_BROKER_URL, the one signed in at, that of the joined meshes)")
    private @Nullable String server;

    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    public Optional<String> server() {
        return Optional.ofNullable(server);
    }
}
