package com.claudemesh.identity;

/** What became of the wish for a token. */
public sealed interface TokenOutcome {

    /** @param secret shown once */
    record Issued(String secret, AccountToken token) implements TokenOutcome {
        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    record Invalid(String field, String problem) implements TokenOutcome {}

    record TooMany(int limit) implements TokenOutcome {}
}
