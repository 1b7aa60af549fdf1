package com.claudemesh.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2147483648,9223372036854775808,-0,1.5,1e400],\"b\":{\"c\":null,\"\":\"\\u0001é😀\"}}",
                "[]",
                "{}",
                "[[],[{}]]",
                "true",
                "\"text\"",
                "17",
                "null"
            })
    void read_anyValue_isTheTreeAndTextOfTheMapper(String json) throws JsonProcessingException {
        assertThat(JsonTree.read(FACTORY, json)).isEqualTo(MAPPER.readTree(json));
        assertThat(JsonTree.text(FACTORY, JsonTree.read(FACTORY, json)))
                .isEqualTo(MAPPER.writeValueAsString(MAPPER.readTree(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{} {}", "[1],", "]", "tru", "{\"a\"}", "NaN", "'a'"})
    void read_notOneValue_fails(String text) {
        assertThatThrownBy(() -> JsonTree.read(FACTORY, text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void read_blankText_isMissing() throws JsonProcessingException {
        assertThat(JsonTree.read(FACTORY, " \n").isMissingNode()).isTrue();
    }

    @Test
    void text_javaObject_isRefused() {
        assertThatThrownBy(() -> JsonTree.text(FACTORY, MAPPER.getNodeFactory().pojoNode(new Object())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
