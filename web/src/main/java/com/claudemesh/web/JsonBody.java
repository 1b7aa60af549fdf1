package com.claudemesh.web;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BiFunction;

/** A bounded JSON object from a request, and typed access to its members. */
public final class JsonBody {
    private final ObjectNode body;

    private JsonBody(ObjectNode body) {
        this.body = body;
    }

    /**
     * Reads at most {@code maxBytes}.
     *
     * @param refusal makes the route's own shape of an error from status and text
     * @throws jakarta.ws.rs.WebApplicationException 413 for a larger body, 400 for anything but one JSON object
     */
    public static JsonBody read(InputStream in, int maxBytes, BiFunction<Integer, String, Response> refusal) {
        try {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw Answer.stop(refusal.apply(413, "payload too large"));
            }
            JsonNode node = Json.mapper().readTree(bytes);
            if (node instanceof ObjectNode object) {
                return new JsonBody(object);
            }
        } catch (JacksonException e) {
            throw Answer.stop(refusal.apply(400, "Invalid body"));
        } catch (IOException e) {
            throw Answer.stop(refusal.apply(400, "the body could not be read"));
        }
        throw Answer.stop(refusal.apply(400, "Invalid body"));
    }

    /** As {@link #read}, of bytes that were read already. */
    public static JsonBody of(byte[] bytes, BiFunction<Integer, String, Response> refusal) {
        return read(new ByteArrayInputStream(bytes), bytes.length, refusal);
    }

    /** As {@link #read}; no body at all is an empty object. */
    public static JsonBody readOptional(InputStream in, int maxBytes, BiFunction<Integer, String, Response> refusal) {
        try {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            return bytes.length == 0
                    ? new JsonBody(Json.mapper().createObjectNode())
                    : read(new ByteArrayInputStream(bytes), maxBytes, refusal);
        } catch (IOException e) {
            throw Answer.stop(refusal.apply(400, "the body could not be read"));
        }
    }

    public boolean has(String field) {
        return body.hasNonNull(field);
    }

    /** The member if it is a text that is not blank. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(body.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(value -> !value.isBlank());
    }

    /** The member if it is a whole number. */
    public Optional<Integer> number(String field) {
        return Optional.ofNullable(body.get(field))
                .filter(node -> node.isIntegralNumber() && node.canConvertToInt())
                .map(JsonNode::intValue);
    }

    /** The member if it is a truth value. */
    public Optional<Boolean> flag(String field) {
        return Optional.ofNullable(body.get(field)).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    /** The member as it is, also when it is null; empty when there is none. */
    public Optional<JsonNode> value(String field) {
        return Optional.ofNullable(body.get(field));
    }

    public Optional<JsonNode> object(String field) {
        return Optional.ofNullable(body.get(field)).filter(JsonNode::isObject);
    }
}
