package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TextVectorsTest {

    @TestFactory
    Stream<DynamicTest> safetyNumber_vector_isTheKnownNumber() {
        return each(
                "/safety_number/cases",
                vector -> assertThat(SafetyNumber.of(text(vector, "my_pubkey_hex"), text(vector, "peer_pubkey_hex")))
                        .isEqualTo(text(vector, "safety_number")));
    }

    @Test
    void safetyNumber_malformedKey_isRefused() {
        assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> SafetyNumber.of("ab", "cd"));
    }

    @TestFactory
    Stream<DynamicTest> canonicalJson_vector_isTheKnownText() {
        return each(
                "/canonical_json/cases",
                vector -> assertThat(CanonicalJson.text(json(text(vector, "input_json_utf8"))))
                        .isEqualTo(text(vector, "canonical_utf8")));
    }

    @Test
    void canonicalJson_integerLikeNames_differBetweenTheTwoForms() {
        JsonNode difference = at("/request_fingerprint/json_difference");
        JsonNode input = json(text(difference, "input_json_utf8"));

        assertThat(CanonicalJson.text(input)).isEqualTo(text(difference, "audit_form_utf8"));
        assertThat(CanonicalJson.requestText(input)).isEqualTo(text(difference, "request_form_utf8"));
    }

    @Test
    void canonicalJson_loneSurrogate_isEscaped() {
        assertThat(CanonicalJson.text(JsonNodeFactory.instance.textNode("\ud83d")))
                .isEqualTo("\"\\ud83d\"");
    }

    @Test
    void canonicalJson_numberBeyondDouble_isNull() {
        assertThat(CanonicalJson.text(json("[1e400]"))).isEqualTo("[null]");
    }

    private static JsonNode json(String text) {
        return JsonReader.read(text).orElseThrow();
    }
}
