package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.b64;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.claudemesh.protocol.encoding.Base64Text;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DirectMessageVectorsTest {

    @TestFactory
    Stream<DynamicTest> sharedKey_bothSides_isTheKnownKey() {
        return each("/direct_message/cases", vector -> {
            assertThat(senderSide(vector).hex()).isEqualTo(text(vector, "shared_key_hex"));
            assertThat(DirectMessage.sharedKey(
                                    text(vector, "sender_public_key_hex"), text(vector, "recipient_secret_key_hex"))
                            .hex())
                    .isEqualTo(text(vector, "shared_key_hex"));
        });
    }

    @TestFactory
    Stream<DynamicTest> seal_knownNonce_givesTheKnownCiphertext() {
        return each("/direct_message/cases", vector -> {
            byte[] message = text(vector, "plaintext_utf8").getBytes(StandardCharsets.UTF_8);

            assertThat(Base64Text.encode(senderSide(vector).seal(b64(vector, "nonce_b64"), message)))
                    .isEqualTo(text(vector, "ciphertext_b64"));
        });
    }

    @TestFactory
    Stream<DynamicTest> decrypt_knownCiphertext_givesTheText() {
        return each("/direct_message/cases", vector -> {
            String senderPublic = text(vector, "sender_public_key_hex");
            String recipientSecret = text(vector, "recipient_secret_key_hex");

            assertThat(DirectMessage.decrypt(sealed(vector), senderPublic, recipientSecret))
                    .contains(text(vector, "plaintext_utf8"));
            assertThat(new DirectMessageCipher(recipientSecret).decrypt(sealed(vector), senderPublic))
                    .contains(text(vector, "plaintext_utf8"));
        });
    }

    @TestFactory
    Stream<DynamicTest> encrypt_anyText_isReadByTheRecipient() {
        return each("/direct_message/cases", vector -> {
            Sealed sealed = DirectMessage.encrypt(
                    text(vector, "plaintext_utf8"),
                    text(vector, "recipient_public_key_hex"),
                    text(vector, "sender_secret_key_hex"));

            assertThat(DirectMessage.decrypt(
                            sealed, text(vector, "sender_public_key_hex"), text(vector, "recipient_secret_key_hex")))
                    .contains(text(vector, "plaintext_utf8"));
        });
    }

    @TestFactory
    Stream<DynamicTest> decrypt_negativeVector_isEmpty() {
        return each("/direct_message/negative", vector -> {
            String senderPublic = text(vector, "sender_public_key_hex");
            String recipientSecret = text(vector, "recipient_secret_key_hex");

            assertThat(DirectMessage.decrypt(sealed(vector), senderPublic, recipientSecret))
                    .isEmpty();
            assertThat(new DirectMessageCipher(recipientSecret).decrypt(sealed(vector), senderPublic))
                    .isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> encrypt_badRecipient_isRefused() {
        String senderSecret = SigningKeyPair.generate().secretHex();
        return each("/direct_message/encrypt_negative", vector -> {
            String recipient = text(vector, "recipient_public_key_hex");

            assertThatExceptionOfType(BadKeyException.class)
                    .isThrownBy(() -> DirectMessage.encrypt("text", recipient, senderSecret));
            assertThatExceptionOfType(BadKeyException.class)
                    .isThrownBy(() -> new DirectMessageCipher(senderSecret).encrypt("text", recipient));
        });
    }

    @TestFactory
    Stream<DynamicTest> isDirectTarget_vector_isClassified() {
        return each(
                "/direct_message/target_classification",
                vector -> assertThat(DirectMessage.isDirectTarget(text(vector, "targetSpec")))
                        .isEqualTo(vector.get("is_direct").booleanValue()));
    }

    @TestFactory
    Stream<DynamicTest> plaintextBody_vector_isWrittenAndRead() {
        return each("/plaintext_message/cases", vector -> {
            Sealed written = PlaintextBody.encode(text(vector, "plaintext_utf8"));

            assertThat(written.ciphertext()).isEqualTo(text(vector, "ciphertext_b64"));
            assertThat(Base64Text.decode(written.nonce())).hasSameSizeAs(b64(vector, "nonce_b64"));
            assertThat(PlaintextBody.decode(text(vector, "ciphertext_b64"))).contains(text(vector, "plaintext_utf8"));
        });
    }

    private static SharedKey senderSide(JsonNode vector) {
        return DirectMessage.sharedKey(text(vector, "recipient_public_key_hex"), text(vector, "sender_secret_key_hex"));
    }

    private static Sealed sealed(JsonNode vector) {
        return new Sealed(text(vector, "nonce_b64"), text(vector, "ciphertext_b64"));
    }
}
