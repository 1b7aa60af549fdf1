package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HelloVectorsTest {

    private static final String ALICE = "fe64fe0524023daae3d1e08c5a255db663d570c1964184c615192c0daada6412";

    @TestFactory
    Stream<DynamicTest> hello_vector_givesTheExpectedResult() {
        return each(
                "/hello/cases",
                vector -> assertThat(HelloVerifier.verify(
                                        text(vector, "meshId"),
                                        text(vector, "memberId"),
                                        text(vector, "pubkey"),
                                        vector.get("timestamp").numberValue(),
                                        text(vector, "signature"),
                                        vector.get("now").longValue())
                                .name())
                        .isEqualToIgnoringCase(text(vector, "expect")));
    }

    @TestFactory
    Stream<DynamicTest> hello_acceptedVector_hasTheSignedText() {
        return each("/hello/cases", vector -> {
            if (text(vector, "expect").equals("ok")) {
                assertThat(HelloText.canonical(
                                text(vector, "meshId"),
                                text(vector, "memberId"),
                                text(vector, "pubkey"),
                                vector.get("timestamp").numberValue()))
                        .isEqualTo(text(vector, "canonical_signed_utf8"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> hello_ambiguousFieldSet_isMalformedAlthoughTheSignatureFits() {
        JsonNode ambiguity = at("/hello/ambiguity");
        long signedAt = 1777750117000L;
        return each("/hello/ambiguity/field_sets", fields -> {
            String meshId = text(fields, "meshId");
            String memberId = text(fields, "memberId");
            String signature = text(ambiguity, "signature_hex");

            assertThat(HelloText.canonical(meshId, memberId, ALICE, signedAt))
                    .isEqualTo(text(ambiguity, "canonical_utf8"));
            assertThat(Signatures.verify(text(ambiguity, "canonical_utf8"), signature, ALICE))
                    .isTrue();
            assertThat(HelloVerifier.verify(meshId, memberId, ALICE, signedAt, signature, signedAt))
                    .isEqualTo(HelloVerifier.Result.MALFORMED);
        });
    }

    @Test
    void hello_timestampNotFinite_isSkewed() {
        assertThat(HelloVerifier.verify("mesh", "member", ALICE, Double.NaN, "", 0))
                .isEqualTo(HelloVerifier.Result.TIMESTAMP_SKEW);
        assertThat(HelloVerifier.verify("mesh", "member", ALICE, Double.POSITIVE_INFINITY, "", 0))
                .isEqualTo(HelloVerifier.Result.TIMESTAMP_SKEW);
    }

    @TestFactory
    Stream<DynamicTest> sessionAttestation_vector_givesTheExpectedResult() {
        return each(
                "/session_attestation/cases",
                vector -> assertThat(attestation(vector)
                                .verify(vector.get("now").longValue())
                                .name())
                        .isEqualTo(text(vector, "expect").toUpperCase(Locale.ROOT)));
    }

    @TestFactory
    Stream<DynamicTest> sessionAttestation_acceptedVector_isReproducedBySigning() {
        JsonNode alice = at("/ed25519_keys/identities/1");
        return each("/session_attestation/cases", vector -> {
            if (text(vector, "expect").equals("ok")) {
                SessionAttestation made = SessionAttestation.sign(
                        text(vector, "parentMemberPubkey"),
                        text(vector, "sessionPubkey"),
                        vector.get("expiresAt").longValue(),
                        text(alice, "secret_key_hex"));
                assertThat(made.signature()).isEqualTo(text(vector, "signature"));
            }
        });
    }

    @Test
    void sessionAttestation_noExpiry_isMalformed() {
        assertThat(new SessionAttestation(ALICE, ALICE, null, "").verify(0))
                .isEqualTo(SessionAttestation.Result.MALFORMED);
    }

    @TestFactory
    Stream<DynamicTest> sessionHello_vector_givesTheExpectedResult() {
        return each(
                "/session_hello/cases",
                vector -> assertThat(SessionHelloText.verify(
                                        text(vector, "meshId"),
                                        text(vector, "parentMemberPubkey"),
                                        text(vector, "sessionPubkey"),
                                        vector.get("timestamp").numberValue(),
                                        text(vector, "signature"),
                                        vector.get("now").longValue())
                                .name())
                        .isEqualTo(text(vector, "expect").toUpperCase(Locale.ROOT)));
    }

    @Test
    void sessionHello_signedText_isTheKnownOne() {
        JsonNode vector = at("/session_hello/cases/0");

        assertThat(SessionHelloText.canonical(
                        text(vector, "meshId"),
                        text(vector, "parentMemberPubkey"),
                        text(vector, "sessionPubkey"),
                        vector.get("timestamp").longValue()))
                .isEqualTo(text(vector, "canonical_signed_utf8"));
    }

    private static SessionAttestation attestation(JsonNode vector) {
        return new SessionAttestation(
                text(vector, "sessionPubkey"),
                text(vector, "parentMemberPubkey"),
                vector.get("expiresAt").numberValue(),
                text(vector, "signature"));
    }
}
