package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.AuthFile;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.output.Output;
import java.util.Optional;

/** Finds the account token of a verb: {@code --token}, then {@code CLAUDEMESH_TOKEN}, then the stored sign-in. */
public final class Credentials {
    private final VerbServices services;
    private final AccountOptions options;
    private final Output output;

    public Credentials(VerbServices services, AccountOptions options, Output output) {
        this.services = services;
        this.options = options;
        this.output = output;
    }

    /**
     * The token to use, or empty when nobody is signed in at the server that was asked for.
     *
     * @throws CliException exit code 3 for a malformed token or an unclear server, 2 for a damaged auth.json
     */
    public Optional<Credential> find() {
        if (options.token().isPresent()) {
            return options.token().map(token -> given(token, TokenSource.OPTION));
        }
        Optional<String> variable = services.host().variable("CLAUDEMESH_TOKEN");
        return variable.isPresent() ? variable.map(token -> given(token, TokenSource.ENVIRONMENT)) : stored();
    }

    /** @throws CliException also, exit code 2, when nobody is signed in */
    public Credential require() {
        return find().orElseThrow(this::notSignedIn);
    }

    /** What a verb says that needs an account and has none. */
    private CliException notSignedIn() {
        String where = ServerAddress.asked(services, options)
                .map(server -> " at " + server)
                .orElse("");
        return new CliException(
                ExitCode.AUTHENTICATION_FAILED,
                "not_signed_in",
                "not signed in" + where,
                "claudemesh login"
                        + options.server().map(server -> " --server " + server).orElse(""));
    }

    private Credential given(String typed, TokenSource source) {
        String token = AccountToken.require(typed, services.host().clock().instant());
        String server = ServerAddress.asked(services, options)
                .or(this::storedServer)
                .orElseGet(() -> ServerAddress.ofMeshes(services));
        return new Credential(token, source, server, Optional.empty());
    }

    /** That of the sign-in, for a token that was given without an address. */
    private Optional<String> storedServer() {
        return services.authFile()
                .load()
                .map(StoredLogin::server)
                .filter(server -> !server.isEmpty())
                .map(ServerAddress::normalise);
    }

    private Optional<Credential> stored() {
        AuthFile file = services.authFile();
        Optional<StoredLogin> login = file.load();
        if (login.isPresent() && file.restrict()) {
            output.warn(file.path() + " was readable by others; it is private now", "");
        }
        Optional<String> asked = ServerAddress.asked(services, options);
        return login.map(found -> credential(found, asked))
                .filter(found -> asked.isEmpty() || asked.get().equals(found.server()));
    }

    private Credential credential(StoredLogin login, Optional<String> asked) {
        String server = login.server().isEmpty()
                ? asked.orElseGet(() -> ServerAddress.ofMeshes(services))
                : ServerAddress.normalise(login.server());
        return new Credential(login.token(), login.source(), server, Optional.of(login.user()));
    }
}
