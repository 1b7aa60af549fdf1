package com.claudemesh.cli.config;

/**
 * The content of auth.json.
 *
 * @param server {@code scheme://host[:port]} that issued the token and is the only one to be shown it; empty in files of
 *     other implementations
 * @param storedAt ISO instant
 */
public record StoredLogin(String token, AccountUser user, TokenSource source, String server, String storedAt) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "StoredLogin[user=" + user.id() + ", source=" + source.text() + ", server=" + server + "]";
    }
}
