package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON texts into frame records and back. One instance decodes one family: the server reads {@link ClientFrame}s,
 * a client reads {@link ServerFrame}s. Never throws on input. Safe for any thread.
 */
public final class FrameCodec<F extends Frame> {
    private static final String REQUEST_ID = "_reqId";

    private final Map<String, Class<? extends F>> records;
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
            node = Json.read(text);
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
        try {
            return new Decoded.Known<>(family.cast(RecordReader.read(object, record)), requestId);
        } catch (InvalidFieldException e) {
            return invalid(type, requestId, object, e.field(), e.getMessage());
        } catch (RecordReader.WrongTypeException e) {
            return invalid(type, requestId, object, e.path(), e.getMessage());
        }
    }

    private static <F extends Frame> Decoded<F> invalid(
            String type, @Nullable String requestId, ObjectNode object, String field, String message) {
        return new Decoded.Invalid<>(type, requestId, shortText(object.get("id")), field, message);
    }

    private static @Nullable String shortText(@Nullable JsonNode node) {
        if (node == null || !node.isTextual()) {
            return null;
        }
        String text = node.textValue();
        return text.isEmpty() || text.length() > Limits.MAX_REQUEST_ID_CHARS ? null : text;
    }

    public static String encode(Frame frame) {
        return encode(frame, null);
    }

    /** As {@link #encode(Frame)}, with {@code _reqId} added when there is one to echo. */
    public static String encode(Frame frame, @Nullable String requestId) {
        return Json.text(out -> {
            out.writeStartObject();
            RecordWriter.writeMembers(out, (Record) frame);
            if (requestId != null) {
                out.writeStringField(REQUEST_ID, requestId);
            }
            out.writeEndObject();
        });
    }
}
