package com.claudemesh.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whose account a token is for, as the server said it. */
public record AccountUser(String id, String displayName, String email) {

    /** Reads {@code {id, display_name, email}}; what is missing is empty. */
    public static AccountUser of(JsonNode user) {
        return new AccountUser(
                user.path("id").asText(""),
                user.path("display_name").asText(""),
                user.path("email").asText(""));
    }

    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("display_name", displayName)
                .put("email", email);
    }
}
