package com.claudemesh.identity;

import java.time.Instant;

/** A signed-in browser, as its owner sees it in a list. */
public record WebSession(
        String id, String address, String userAgent, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {

    /** A browser session with its owner, as a request presents it. */
    public record Active(String id, Account account) {}

    /** A session that was just opened; the token goes into a cookie and is not known afterwards. */
    public record Opened(String token, String id, Instant expiresAt) {
        @Override
        public String toString() {
            return "Opened[" + id + "]";
        }
    }
}
