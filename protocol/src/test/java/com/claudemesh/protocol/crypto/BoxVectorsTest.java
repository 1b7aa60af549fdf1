package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.b64;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BoxVectorsTest {

    @TestFactory
    Stream<DynamicTest> sealedBox_knownEphemeralKey_isReproduced() {
        return each("/sealed_box/cases", vector -> {
            BoxKeyPair ephemeral = BoxKeyPair.fromSecret(hex(vector, "ephemeral_secret_hex"));
            byte[] recipient = Curve25519Keys.publicKey(text(vector, "recipient_public_key_hex"));

            assertThat(ephemeral.publicHex()).isEqualTo(text(vector, "ephemeral_public_hex"));
            assertThat(Hex.encode(SealedBox.nonce(ephemeral.publicKey(), recipient)))
                    .isEqualTo(text(vector, "derived_nonce_hex"));
            assertThat(Base64Text.encode(SealedBox.seal(hex(vector, "plaintext_hex"), recipient, ephemeral)))
                    .isEqualTo(text(vector, "sealed_b64"));
        });
    }

    @TestFactory
    Stream<DynamicTest> sealedBox_knownSeal_isOpened() {
        return each(
                "/sealed_box/cases",
                vector -> assertThat(SealedBox.open(b64(vector, "sealed_b64"), pair(vector)))
                        .hasValueSatisfying(message -> assertThat(message).isEqualTo(hex(vector, "plaintext_hex"))));
    }

    @TestFactory
    Stream<DynamicTest> sealedBox_newSeal_isOpened() {
        return each("/sealed_box/cases", vector -> {
            byte[] message = hex(vector, "plaintext_hex");
            byte[] sealed = SealedBox.seal(message, hex(vector, "recipient_x25519_public_hex"));

            assertThat(sealed).hasSize(message.length + SealedBox.OVERHEAD_BYTES);
            assertThat(SealedBox.open(sealed, pair(vector)))
                    .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(message));
        });
    }

    @TestFactory
    Stream<DynamicTest> sealedBox_negativeVector_isEmpty() {
        return each(
                "/sealed_box/negative",
                vector -> assertThat(SealedBox.open(b64(vector, "sealed_b64"), pair(vector)))
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> sealedBox_lowOrderRecipient_isRefused() {
        return each("/sealed_box/low_order_x25519_recipients/public_keys_hex", key -> {
            byte[] recipient = Hex.decode(key.textValue());

            assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> SealedBox.seal(new byte[32], recipient));
            assertThat(InviteV2.recipientKey(Base64Text.encodeUrl(recipient))).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> secretBox_vector_isReproducedAndOpened() {
        return each("/secretbox/cases", vector -> {
            byte[] key = hex(vector, "key_hex");
            byte[] nonce = b64(vector, "nonce_b64");

            assertThat(Base64Text.encode(SecretBox.seal(key, nonce, hex(vector, "plaintext_hex"))))
                    .isEqualTo(text(vector, "ciphertext_b64"));
            assertThat(SecretBox.open(key, nonce, b64(vector, "ciphertext_b64")))
                    .hasValueSatisfying(message -> assertThat(message).isEqualTo(hex(vector, "plaintext_hex")));
        });
    }

    @TestFactory
    Stream<DynamicTest> secretBox_negativeVector_isEmpty() {
        return each(
                "/secretbox/negative",
                vector -> assertThat(SecretBox.open(
                                hex(vector, "key_hex"), b64(vector, "nonce_b64"), b64(vector, "ciphertext_b64")))
                        .isEmpty());
    }

    private static BoxKeyPair pair(JsonNode vector) {
        return new BoxKeyPair(hex(vector, "recipient_x25519_public_hex"), hex(vector, "recipient_x25519_secret_hex"));
    }
}
