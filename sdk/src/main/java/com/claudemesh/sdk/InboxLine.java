package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of an inbox file: a message, the ids of messages that were seen, or neither, when a crash cut it short.
 *
 * @param messageId null unless it is a message
 * @param keys what the message is recognised by
 */
record InboxLine(@Nullable JsonNode json, @Nullable String messageId, List<String> keys, List<String> seen) {
    private static final Logger LOG = System.getLogger(InboxLine.class.getName());
    private static final String SEEN = "seen";
    private static final InboxLine NOTHING = new InboxLine(null, null, List.of(), List.of());

    static InboxLine parse(String line) {
        JsonNode node;
        try {
            node = line.isBlank() ? null : Json.mapper().readTree(line);
        } catch (JsonProcessingException torn) {
            LOG.log(Level.DEBUG, "event=inbox_line_skipped chars={0}", line.length());
            return NOTHING;
        }
        if (node == null || !node.isObject()) {
            return NOTHING;
        }
        String messageId = node.path("messageId").asText(null);
        return messageId == null ? new InboxLine(node, null, List.of(), seen(node)) : message(node, messageId);
    }

    private static InboxLine message(JsonNode node, String messageId) {
        String member = node.path("senderMemberPublicKey").asText(null);
        List<String> keys = MessageKeys.of(
                messageId,
                member == null ? node.path("senderPublicKey").asText() : member,
                node.path("clientMessageId").asText(null));
        return new InboxLine(node, messageId, keys, List.of());
    }

    private static List<String> seen(JsonNode node) {
        List<String> ids = new ArrayList<>();
        node.path(SEEN).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** The message, or null when this line is none that this version can read. */
    @Nullable
    IncomingMessage message() {
        try {
            return messageId == null ? null : Json.mapper().treeToValue(json, IncomingMessage.class);
        } catch (JsonProcessingException e) {
            LOG.log(Level.WARNING, "event=inbox_line_unreadable message={0}", messageId);
            return null;
        }
    }

    static String write(IncomingMessage message) throws JsonProcessingException {
        return Json.mapper().writeValueAsString(message);
    }

    static String writeSeen(Collection<String> messageIds) throws JsonProcessingException {
        ObjectNode line = Json.mapper().createObjectNode();
        line.set(SEEN, Json.mapper().valueToTree(messageIds));
        return Json.mapper().writeValueAsString(line);
    }
}
