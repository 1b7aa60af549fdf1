package com.claudemesh.protocol.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON values as trees, without Jackson's object mapper: to make one loads time zones, locales and hundreds of classes,
 * which takes a command longer than to ask a server. Limits are those of the factory; nesting must have one.
 */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /**
     * The one value of a text; a missing node when the text is blank.
     *
     * @throws JsonProcessingException for anything else than one JSON value, and beyond the factory's limits
     */
    public static JsonNode read(JsonFactory factory, String text) throws JsonProcessingException {
        try (JsonParser in = factory.createParser(text)) {
            JsonToken first = in.nextToken();
            if (first == null) {
                return MissingNode.getInstance();
            }
            JsonNode value = value(in, first);
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "something follows the value");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text can always be read", impossible);
        }
    }

    private static JsonNode value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> NODES.textNode(in.getText());
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(in.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(in, "no value begins with " + token);
        };
    }

    private static ObjectNode object(JsonParser in) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            object.set(name, value(in, in.nextToken()));
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            array.add(value(in, token));
        }
        return array;
    }

    private static JsonNode integer(JsonParser in) throws IOException {
        return switch (in.getNumberType()) {
            case INT -> NODES.numberNode(in.getIntValue());
            case LONG -> NODES.numberNode(in.getLongValue());
            default -> NODES.numberNode(in.getBigIntegerValue());
        };
    }

    /** Writes one value. */
    public interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /** The value on one line. */
    public static String text(JsonFactory factory, JsonNode value) {
        return text(factory, out -> write(out, value));
    }

    /** The text of what is written. */
    public static String text(JsonFactory factory, Writing value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            value.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string can always be written to", impossible);
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException for a node that stands for a Java object */
    public static void write(JsonGenerator out, JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    out.writeFieldName(member.getKey());
                    write(out, member.getValue());
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : value) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.textValue());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NUMBER -> writeNumber(out, value);
            case NULL, MISSING -> out.writeNull();
            default -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
        }
    }

    private static void writeNumber(JsonGenerator out, JsonNode number) throws IOException {
        switch (number.numberType()) {
            case INT -> out.writeNumber(number.intValue());
            case LONG -> out.writeNumber(number.longValue());
            case BIG_INTEGER -> out.writeNumber(number.bigIntegerValue());
            case FLOAT -> out.writeNumber(number.floatValue());
            case DOUBLE -> out.writeNumber(number.doubleValue());
            case BIG_DECIMAL -> out.writeNumber(number.decimalValue());
        }
    }
}
