package com.claudemesh.cli.topic;

import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.sdk.topic.TopicBody;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A post of a topic, from whichever interface it came.
 *
 * @param json as the server told it
 */
record Post(
        String id,
        String senderName,
        String createdAt,
        TopicBody body,
        Optional<String> replyToId,
        List<String> mentions,
        ObjectNode json) {
    private static final int SHOWN_KEY_CHARS = 8;

    static Post of(TopicHistoryResponse.Post row) {
        return of(Json.mapper().<ObjectNode>valueToTree(row));
    }

    static Post of(ObjectNode row) {
        JsonNode epoch = row.path("keyEpoch");
        TopicBody body = new TopicBody(
                row.path("bodyVersion").asInt(1),
                epoch.isInt() ? epoch.intValue() : null,
                row.path("nonce").asText(),
                row.path("ciphertext").asText());
        String key = row.path("senderPubkey").asText();
        List<String> mentions = new ArrayList<>();
        row.path("mentions").forEach(name -> mentions.add(name.asText()));
        return new Post(
                row.path("id").asText(),
                row.hasNonNull("senderName")
                        ? row.get("senderName").asText()
                        : key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length())),
                row.path("createdAt").asText(),
                body,
                Optional.ofNullable(row.path("replyToId").textValue()),
                List.copyOf(mentions),
                row);
    }
}
