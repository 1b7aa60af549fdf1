package com.claudemesh.protocol.encoding;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EncodingVectorsTest {

    @TestFactory
    Stream<DynamicTest> hex_vectors_decodeOrRefuse() {
        return each("/encodings/hex", vector -> check(vector, Hex::decode));
    }

    @TestFactory
    Stream<DynamicTest> base64_strictVectors_decodeOrRefuse() {
        return each("/encodings/base64_strict", vector -> check(vector, Base64Text::decode));
    }

    @TestFactory
    Stream<DynamicTest> base64Url_strictVectors_decodeOrRefuse() {
        return each("/encodings/base64url_strict_nopad", vector -> check(vector, Base64Text::decodeUrl));
    }

    @TestFactory
    Stream<DynamicTest> base64_lenientVectors_decode() {
        return each("/encodings/lenient_base64", vector -> check(vector, Base64Text::decodeLenient));
    }

    @TestFactory
    Stream<DynamicTest> base64_acceptedStrictVectors_encodeToTheSameText() {
        return each("/encodings/base64_strict", vector -> {
            if (text(vector, "expect").equals("accept")) {
                assertThat(Base64Text.encode(hex(vector, "bytes_hex"))).isEqualTo(text(vector, "input"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> base64Url_acceptedStrictVectors_encodeToTheSameText() {
        return each("/encodings/base64url_strict_nopad", vector -> {
            if (text(vector, "expect").equals("accept")) {
                assertThat(Base64Text.encodeUrl(hex(vector, "bytes_hex"))).isEqualTo(text(vector, "input"));
            }
        });
    }

    private static void check(JsonNode vector, Function<String, byte[]> decoder) {
        String input = text(vector, "input");
        if (text(vector, "expect").equals("accept")) {
            assertThat(Hex.encode(decoder.apply(input))).isEqualTo(text(vector, "bytes_hex"));
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> decoder.apply(input));
        }
    }
}
