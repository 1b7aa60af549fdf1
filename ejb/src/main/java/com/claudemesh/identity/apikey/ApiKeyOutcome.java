package com.claudemesh.identity.apikey;

/** What became of the wish for a key. */
public sealed interface ApiKeyOutcome {

    /** @param secret shown once */
    record Created(String secret, ApiKeyView key) implements ApiKeyOutcome {
        @Override
        public String toString() {
            return "Created[" + key.id() + "]";
        }
    }

    record AlreadyExpired() implements ApiKeyOutcome {}

    record TooMany(int limit) implements ApiKeyOutcome {}
}
