package com.claudemesh.identity;

import java.time.Instant;

/**
 * A link that was just made.
 *
 * @param url for the person it is meant for, and nobody else
 * @param mailed it is on its way by mail; otherwise whoever made it hands it over
 */
public record IssuedLink(String url, Instant expiresAt, boolean mailed) {
    @Override
    public String toString() {
        return "IssuedLink[" + expiresAt + "]";
    }
}
