package com.claudemesh.protocol.crypto.audit;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AuditChainTest {

    @TestFactory
    Stream<DynamicTest> entry_vector_hasTheKnownTextAndHash() {
        return each("/audit_chain/entries", vector -> {
            AuditEntry entry = entry(vector);

            assertThat(text(vector, "prevHash") + "|" + entry.contentText()).isEqualTo(text(vector, "hash_input_utf8"));
            assertThat(entry.hash(text(vector, "prevHash"))).isEqualTo(text(vector, "hash"));
            assertThat(AuditEntry.timeText(Instant.parse(text(vector, "createdAt"))))
                    .isEqualTo(text(vector, "createdAt"));
        });
    }

    @TestFactory
    Stream<DynamicTest> chain_vector_givesTheExpectedVerdict() {
        return each("/audit_chain/verify", vector -> {
            AuditChain chain = new AuditChain();
            for (JsonNode row : vector.get("rows")) {
                chain.accept(entry(row), text(row, "prevHash"), text(row, "hash"));
            }
            JsonNode expected = vector.get("expect");

            assertThat(chain.verification())
                    .isEqualTo(new AuditChain.Verification(
                            expected.get("valid").booleanValue(),
                            expected.get("entries").longValue(),
                            expected.path("brokenAtIndex").asLong(-1)));
        });
    }

    @TestFactory
    Stream<DynamicTest> advisoryLockKey_vector_isTheKnownNumber() {
        return each(
                "/audit_chain/advisory_lock_key",
                vector -> assertThat(AuditChain.advisoryLockKey(text(vector, "meshId")))
                        .isEqualTo(Long.parseLong(text(vector, "key_decimal"))));
    }

    @Test
    void timeText_wholeSecond_hasThreeFractionDigits() {
        assertThat(AuditEntry.timeText(Instant.ofEpochSecond(0))).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void head_signed_isVerifiedAndRefusedAfterAChange() {
        SigningKeyPair signer = SigningKeyPair.generate();
        String hash = new AuditChain().head();
        AuditHead head = new AuditHead("mesh-1", 3, hash, "2026-05-02T19:28:37.000Z");
        String signature = head.sign(signer.secretHex());

        assertThat(head.isSignedBy(signer.publicHex(), signature)).isTrue();
        assertThat(new AuditHead("mesh-1", 2, hash, head.createdAt()).isSignedBy(signer.publicHex(), signature))
                .isFalse();
    }

    private static AuditEntry entry(JsonNode vector) {
        return new AuditEntry(
                text(vector, "meshId"),
                text(vector, "eventType"),
                vector.get("actorMemberId").textValue(),
                JsonReader.read(text(vector, "payload_json_utf8")).orElseThrow(),
                text(vector, "createdAt"));
    }
}
