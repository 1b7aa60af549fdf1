package com.claudemesh.identity.apikey;

import java.time.Duration;

/** What a presented key is worth. */
public sealed interface ApiKeyVerdict {

    record Granted(ApiKeyGrant grant) implements ApiKeyVerdict {}

    /** Unknown, revoked, expired, of an archived mesh, or of a banned issuer: the same answer for all. */
    record Invalid() implements ApiKeyVerdict {}

    record RateLimited(Duration retryAfter) implements ApiKeyVerdict {}
}
