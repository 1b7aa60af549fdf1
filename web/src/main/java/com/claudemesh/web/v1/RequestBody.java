package com.claudemesh.web.v1;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bounded JSON object of a request, with typed access that refuses what does not fit and names the field. */
final class RequestBody {
    private final JsonNode body;

    private RequestBody(JsonNode body) {
        this.body = body;
    }

    /**
     * Reads at most {@code maxBytes}. A body of another type than JSON counts as an empty object.
     *
     * @throws ApiProblem 413 for a larger body, 400 for anything but one JSON object
     */
    static RequestBody read(InputStream in, @Nullable MediaType type, int maxBytes) {
        byte[] bytes = bytes(in, maxBytes);
        if (bytes.length == 0 || !isJson(type)) {
            return new RequestBody(Json.mapper().createObjectNode());
        }
        try {
            if (Json.mapper().readTree(bytes) instanceof ObjectNode object) {
                return new RequestBody(object);
            }
        } catch (JacksonException e) {
            throw ApiProblem.of(400, "error.malformed_json", "the body is not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
        throw ApiProblem.of(400, "error.malformed_json", "the body must be one JSON object");
    }

    /** @throws ApiProblem 413 when there is more, 400 when the client broke off */
    static byte[] bytes(InputStream in, int maxBytes) {
        try {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw ApiProblem.of(413, "error.payload_too_large", "the body is larger than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw ApiProblem.of(400, "error.malformed_json", "the body could not be read");
        }
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null && type.getSubtype().endsWith("json");
    }

    boolean has(String field) {
        return body.hasNonNull(field);
    }

    String text(String field, int minChars, int maxChars) {
        return optionalText(field, minChars, maxChars)
                .orElseThrow(() -> ApiProblem.invalid(field, "is required, as a text"));
    }

    Optional<String> optionalText(String field, int minChars, int maxChars) {
        return has(field) ? Optional.of(text(field, body.get(field), minChars, maxChars)) : Optional.empty();
    }

    private static String text(String field, JsonNode value, int minChars, int maxChars) {
        if (!value.isTextual()) {
            throw ApiProblem.invalid(field, "must be a text");
        }
        String text = value.textValue();
        if (text.length() < minChars || text.length() > maxChars) {
            throw ApiProblem.invalid(field, "must have " + minChars + " to " + maxChars + " characters");
        }
        return text;
    }

    /** Texts of a list; empty when there is no such field. */
    Optional<List<String>> texts(String field, int minItems, int maxItems, int maxChars) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode list = body.get(field);
        if (!list.isArray() || list.size() < minItems || list.size() > maxItems) {
            throw ApiProblem.invalid(field, "must be a list of " + minItems + " to " + maxItems + " texts");
        }
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(item -> texts.add(text(field, item, 1, maxChars)));
        return Optional.of(texts);
    }

    Optional<Integer> number(String field, int min, int max) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = body.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw ApiProblem.invalid(field, "must be a whole number from " + min + " to " + max);
        }
        return Optional.of(value.intValue());
    }

    /** Milliseconds since 1970. */
    long time(String field) {
        if (!has(field)
                || !body.get(field).isIntegralNumber()
                || !body.get(field).canConvertToLong()) {
            throw ApiProblem.invalid(field, "is required, as a whole number of milliseconds since 1970");
        }
        return body.get(field).longValue();
    }

    /** Whether the field is {@code true}; other values than the two are refused. */
    boolean flag(String field) {
        if (!has(field)) {
            return false;
        }
        if (!body.get(field).isBoolean()) {
            throw ApiProblem.invalid(field, "must be true or false");
        }
        return body.get(field).booleanValue();
    }
}
