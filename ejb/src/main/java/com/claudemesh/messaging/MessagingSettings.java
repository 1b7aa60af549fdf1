package com.claudemesh.messaging;

import java.time.Duration;

/**
 * Numbers of the accepting side.
 *
 * @param maxMessageChars most characters of ciphertext, nonce and target together
 * @param timeToLive how long an undelivered message is kept
 */
public record MessagingSettings(int maxMessageChars, Duration timeToLive) {}
