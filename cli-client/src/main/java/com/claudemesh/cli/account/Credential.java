package com.claudemesh.cli.account;

import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.config.TokenSource;
import java.util.Optional;

/**
 * A token and the server that it is for.
 *
 * @param server {@code scheme://host[:port]}
 * @param user whose it is, as far as known without asking
 */
public record Credential(String token, TokenSource source, String server, Optional<AccountUser> user) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Credential[source=" + source.text() + ", server=" + server + "]";
    }
}
