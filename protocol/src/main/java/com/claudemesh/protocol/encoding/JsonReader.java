package com.claudemesh.protocol.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one JSON value from untrusted text; nesting and length are bounded by the parser's defaults. */
public final class JsonReader {

    private JsonReader() {}

    /** Built on first use: a mapper is too slow to build at the start of a command that reads no JSON. */
    private static final class Mapper {
        static final JsonMapper STRICT = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The value, or empty if the text is not exactly one JSON value. */
    public static Optional<JsonNode> read(String text) {
        try {
            JsonNode value = Mapper.STRICT.readTree(text);
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
