package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SignatureVectorsTest {

    @TestFactory
    Stream<DynamicTest> verify_vector_acceptsOrRejects() {
        return each("/ed25519_signatures/cases", SignatureVectorsTest::checkVerification);
    }

    @TestFactory
    Stream<DynamicTest> verify_wrongLength_rejects() {
        return each("/ed25519_signatures/negative_lengths", SignatureVectorsTest::checkVerification);
    }

    @TestFactory
    Stream<DynamicTest> sign_acceptedVector_givesTheSameSignature() {
        return each("/ed25519_signatures/cases", vector -> {
            if (text(vector, "expect").equals("accept")) {
                String secret = secretOf(text(vector, "public_key_hex"));
                assertThat(Signatures.sign(text(vector, "message_utf8"), secret))
                        .isEqualTo(text(vector, "signature_hex"));
            }
        });
    }

    @Test
    void verify_nullArguments_false() {
        assertThat(Signatures.verify("text", null, null)).isFalse();
    }

    @Test
    void sign_malformedSecret_isRefused() {
        assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> Signatures.sign("text", "ab"));
    }

    private static void checkVerification(JsonNode vector) {
        assertThat(Signatures.verify(
                        text(vector, "message_utf8"), text(vector, "signature_hex"), text(vector, "public_key_hex")))
                .isEqualTo(text(vector, "expect").equals("accept"));
    }

    private static String secretOf(String publicHex) {
        for (JsonNode identity : at("/ed25519_keys/identities")) {
            if (text(identity, "public_key_hex").equals(publicHex)) {
                return text(identity, "secret_key_hex");
            }
        }
        throw new AssertionError("no identity has the key " + publicHex);
    }
}
