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

    /** A topic that the key should be for is not there, or its issuer may not see it. */
    record UnknownTopic(String name) implements ApiKeyOutcome {}

    record TooMany(int limit) implements ApiKeyOutcome {}

    /** An ordinary member may make keys for itself only, and no such one. */
    record NotForMembers(String reason) implements ApiKeyOutcome {}
}
