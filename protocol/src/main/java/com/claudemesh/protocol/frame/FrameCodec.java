package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON texts into frame records and back. One instance decodes one family: the server reads {@link ClientFrame}s,
 * a client reads {@link ServerFrame}s. Never throws on input. Safe for any thread.
 */
public final class FrameCodec<F extends Frame> {
    private static final String REQUEST_ID = "_reqId";
    private static final ObjectWriter WRITER = Json.mapper().writer();

    private final Map<String, Class<? extends F>> records;
    /** Made when the first frame of their type comes: a reader is slow to make, and most clients need few. */
    private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();

    private final Class<F> family;

    private FrameCodec(Class<F> family) {
        this.family = family;
        this.records = FrameTypes.family(family);
    }

    public static FrameCodec<ClientFrame> forServer() {
        return new FrameCodec<>(ClientFrame.class);
    }

    public static FrameCodec<ServerFrame> forClient() {
        return new FrameCodec<>(ServerFrame.class);
    }

    public Decoded<F> decode(String text) {
        JsonNode node;
        try {
            node = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return new Decoded.Malformed<>(e.getOriginalMessage());
        }
        if (!(node instanceof ObjectNode object)) {
            return new Decoded.Malformed<>("not a JSON object");
        }
        if (UnicodeText.maybeBroken(text)) {
            UnicodeText.repair(object);
        }
        JsonNode type = object.get("type");
        if (type == null || !type.isTextual()) {
            return new Decoded.Malformed<>("no textual type");
        }
        return decode(type.textValue(), object);
    }

    private Decoded<F> decode(String type, ObjectNode object) {
        String requestId = shortText(object.get(REQUEST_ID));
        Class<? extends F> record = records.get(type);
        if (record == null) {
            return new Decoded.UnknownType<>(type, requestId);
        }
        ObjectReader reader =
                readers.computeIfAbsent(type, name -> Json.mapper().readerFor(record));
        try {
            return new Decoded.Known<>(family.cast(reader.readValue(object)), requestId);
        } catch (JsonMappingException e) {
            return invalid(type, requestId, shortText(object.get("id")), e);
        } catch (java.io.IOException e) {
            return new Decoded.Invalid<>(type, requestId, shortText(object.get("id")), "", "unreadable frame");
        }
    }

    private Decoded<F> invalid(
            String type, @Nullable String requestId, @Nullable String correlationId, JsonMappingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException field) {
                return new Decoded.Invalid<>(type, requestId, correlationId, field.field(), field.getMessage());
            }
        }
        String path = path(e.getPath());
        return new Decoded.Invalid<>(type, requestId, correlationId, path, path + ": wrong type");
    }

    private static String path(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static @Nullable String shortText(@Nullable JsonNode node) {
        if (node == null || !node.isTextual()) {
            return null;
        }
        String text = node.textValue();
        return text.isEmpty() || text.length() > Limits.MAX_REQUEST_ID_CHARS ? null : text;
    }

    public static String encode(Frame frame) {
        try {
            return WRITER.writeValueAsString(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("frame cannot be written: " + frame.type(), e);
        }
    }

    /** As {@link #encode(Frame)}, with {@code _reqId} added when there is one to echo. */
    public static String encode(Frame frame, @Nullable String requestId) {
        String json = encode(frame);
        if (requestId == null) {
            return json;
        }
        try {
            return json.substring(0, json.length() - 1) + ",\"" + REQUEST_ID + "\":"
                    + WRITER.writeValueAsString(requestId) + "}";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("request id cannot be written", e);
        }
    }
}
