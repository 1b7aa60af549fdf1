package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.encoding.JsonTree;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;

/**
 * JSON of the project, set for hostile input: duplicate keys, deep nesting, oversized texts and silent type coercion are
 * refused; unknown members are ignored. Trees and frames are read and written by streams; the mapper is for everything
 * else, and is made when it is first asked for. Safe for any thread.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.MAX_JSON_DEPTH)
                    .maxNumberLength(Limits.MAX_NUMBER_CHARS)
                    .maxStringLength(Limits.MAX_FRAME_BYTES)
                    .maxNameLength(Limits.MAX_TEXT_CHARS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    private static final class Mapper {
        static final JsonMapper INSTANCE = build();
    }

    public static JsonMapper mapper() {
        return Mapper.INSTANCE;
    }

    /**
     * The one value of a text; a missing node when the text is blank.
     *
     * @throws JsonProcessingException for anything else, and beyond the limits
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return JsonTree.read(FACTORY, text);
    }

    /** The value on one line. */
    public static String text(JsonNode value) {
        return JsonTree.text(FACTORY, value);
    }

    /** A record of the protocol as it is written into a frame. */
    public static ObjectNode tree(Record value) {
        try {
            return (ObjectNode) read(text(out -> RecordWriter.write(out, value)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was written can be read", impossible);
        }
    }

    /** The text of what is written. */
    static String text(JsonTree.Writing value) {
        return JsonTree.text(FACTORY, value);
    }

    private static JsonMapper build() {
        JsonMapper.Builder mapper = JsonMapper.builder(FACTORY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
        }
        mapper.withCoercionConfig(
                LogicalType.Integer, config -> config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail));
        return mapper.build();
    }

    /** The text of a node's ECMAScript number, or null when it is not a finite number. */
    public static boolean isFiniteNumber(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }
}
