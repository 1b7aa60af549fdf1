package com.claudemesh.invite;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client presents to become a member, all parts present and of the right type. */
public record JoinRequest(String token, JsonNode payload, String publicKey, String displayName) {
    @Override
    public String toString() {
        return "JoinRequest[" + publicKey + "]";
    }
}
