package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.encoding.JsonTree;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records as JSON objects, a frame's type first. Components that are null are left out unless they say otherwise. */
final class RecordWriter {
    private RecordWriter() {}

    static void write(JsonGenerator out, Record record) throws IOException {
        out.writeStartObject();
        writeMembers(out, record);
        out.writeEndObject();
    }

    /** Everything but the braces. */
    static void writeMembers(JsonGenerator out, Record record) throws IOException {
        if (record instanceof Frame frame) {
            out.writeStringField("type", frame.type());
        }
        for (RecordShape.Component component : RecordShape.of(record.getClass()).components()) {
            Object value = component.valueIn(record);
            if (value != null || component.nullIsWritten()) {
                out.writeFieldName(component.escapedName());
                write(out, value);
            }
        }
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof JsonNode node) {
            JsonTree.write(out, node);
        } else if (value instanceof WireText text) {
            out.writeString(text.wire());
        } else if (value instanceof Record record) {
            write(out, record);
        } else if (value instanceof List<?> list) {
            writeList(out, list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else {
            throw new IllegalStateException("no JSON for " + value.getClass().getName());
        }
    }

    private static void writeList(JsonGenerator out, List<?> list) throws IOException {
        out.writeStartArray();
        for (Object item : list) {
            write(out, item);
        }
        out.writeEndArray();
    }

    private static void writeMap(JsonGenerator out, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }
}
