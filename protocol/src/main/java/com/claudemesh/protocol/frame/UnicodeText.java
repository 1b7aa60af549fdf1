package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps texts that are not Unicode out. A JSON escape can spell half of a surrogate pair, as a client does that cuts a text
 * inside an emoji; such a text has no UTF-8 form, so it could not be sent on to anybody. Each half becomes U+FFFD, which is
 * what a JavaScript peer would have put on the wire.
 */
final class UnicodeText {
    private static final char REPLACEMENT = '\uFFFD';

    private UnicodeText() {}

    /** Only an escape can bring half a pair into a text that has been decoded from UTF-8. */
    static boolean maybeBroken(String json) {
        return json.contains("\\ud") || json.contains("\\uD");
    }

    /** Repairs all texts and names inside, in place. */
    static void repair(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = repaired(object.get(name));
            String whole = repaired(name);
            if (!whole.equals(name)) {
                object.remove(name);
            }
            object.set(whole, value);
        }
    }

    private static JsonNode repaired(JsonNode node) {
        if (node instanceof ObjectNode object) {
            repair(object);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, repaired(array.get(i)));
            }
        } else if (node.isTextual()) {
            String text = repaired(node.textValue());
            return text.equals(node.textValue()) ? node : TextNode.valueOf(text);
        }
        return node;
    }

    static String repaired(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                whole = whole == null ? new StringBuilder(text) : whole;
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole == null ? text : whole.toString();
    }
}
