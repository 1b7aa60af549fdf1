package com.claudemesh.identity.apikey;

/** What became of a key that was to be revoked. */
public sealed interface RevokeOutcome {

    /** It does not work any more; that may have been so before. */
    record Revoked(String id) implements RevokeOutcome {}

    record NotFound() implements RevokeOutcome {}

    record NotUnique(int matches) implements RevokeOutcome {}
}
