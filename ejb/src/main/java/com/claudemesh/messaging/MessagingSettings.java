package com.claudemesh.messaging;

import java.time.Duration;

/**
 * Numbers of the accepting side.
 *
 * @param maxMessageChars most characters of ciphertext, nonce and target together
 * @param timeToLive how long an undelivered message is kept
 * @param member token bucket of one member's sends
 * @param mesh token bucket of all sends of a mesh
 * @param loop token bucket of the turns between two members that answer each other
 */
public record MessagingSettings(int maxMessageChars, Duration timeToLive, Bucket member, Bucket mesh, Bucket loop) {

    /** {@code burst} at once, then {@code perMinute}. */
    public record Bucket(int burst, int perMinute) {}
}
