package com.claudemesh.invite;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents to become a member by a v1 token, all parts present and of the right type.
 *
 * @param accountId the person who joins, if it is signed in
 */
public record JoinRequest(
        String token,
        JsonNode payload,
        String publicKey,
        String displayName,
        @Nullable String accountId) {
    @Override
    public String toString() {
        return "JoinRequest[" + publicKey + "]";
    }
}
