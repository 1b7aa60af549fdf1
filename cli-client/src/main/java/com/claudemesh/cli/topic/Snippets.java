package com.claudemesh.cli.topic;

import com.claudemesh.cli.output.Output;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What rows of lists that the server makes say, as far as this machine can read it. */
public final class Snippets {
    private static final int SHOWN_CHARS = 100;

    private final TopicKeyRing ring;

    public Snippets(TopicKeyRing ring) {
        this.ring = ring;
    }

    /** The text of a row with {@code topicId} and a body; empty when it has none, or its key is not on this machine. */
    public Optional<String> text(String meshId, JsonNode row) {
        if (row.hasNonNull("snippet")) {
            return Optional.of(row.get("snippet").asText());
        }
        if (!row.hasNonNull("ciphertext")) {
            return Optional.empty();
        }
        Post post = Post.of((ObjectNode) row);
        String topicId = row.path("topicId").asText();
        Opened opened = post.body().open(epoch -> ring.key(meshId, topicId, epoch));
        return opened instanceof Opened.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** One line for people. */
    public String shown(JsonNode text) {
        if (!text.isTextual()) {
            return "🔒 [no key on this machine: claudemesh topic history <topic>]";
        }
        String line = Output.safe(text.textValue());
        return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
    }
}
