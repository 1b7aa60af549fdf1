package com.claudemesh.protocol.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one JSON value from untrusted text; nesting and length are bounded by the parser's defaults. */
public final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReader() {}

    /** The value, or empty if the text is not exactly one JSON value. */
    public static Optional<JsonNode> read(String text) {
        try {
            JsonNode value = JsonTree.read(FACTORY, text);
            return value.isMissingNode() ? Optional.empty() : Optional.of(value);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** The value of UTF-8 text, or empty if the bytes are not exactly one JSON value. */
    public static Optional<JsonNode> read(byte[] utf8) {
        return read(new String(utf8, StandardCharsets.UTF_8));
    }
}
