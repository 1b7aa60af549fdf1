package com.claudemesh.invite;

import org.jspecify.annotations.Nullable;

/**
 * What a client presents to claim a short code.
 *
 * @param claimKey the x25519 key that the root key is sealed to, unpadded URL Base64
 * @param displayName a checked name; null to be called by the key
 * @param memberKey the ed25519 key to be bound at once, of either case; null to bind it by the first hello
 * @param accountId the person who claims, if it is signed in
 */
public record ClaimRequest(
        String claimKey,
        @Nullable String displayName,
        @Nullable String memberKey,
        @Nullable String accountId) {}
