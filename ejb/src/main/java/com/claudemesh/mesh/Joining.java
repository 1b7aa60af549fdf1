package com.claudemesh.mesh;

import org.jspecify.annotations.Nullable;

/**
 * A key that is to be a member. That whoever presents the key holds it is not known yet: the first hello shows.
 *
 * @param publicKey 64 lower-case hex digits of a valid ed25519 key
 * @param accountId the person who joins, if it is signed in
 */
public record Joining(
        String meshId,
        String publicKey,
        Role role,
        MemberProfile profile,
        @Nullable String accountId) {}
