package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.b64;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TopicVectorsTest {

    @TestFactory
    Stream<DynamicTest> topicKey_knownCopy_isOpened() {
        return each("/topic_key/cases", vector -> {
            TopicKeys.Opened opened = TopicKeys.open(
                            copy(vector),
                            text(vector, "recipient_secret_key_hex"),
                            text(vector, "topic_encrypted_key_pubkey_hex"))
                    .orElseThrow();

            assertThat(Hex.encode(opened.key())).isEqualTo(text(vector, "topic_key_hex"));
            assertThat(Hex.encode(opened.senderPublic())).isEqualTo(text(vector, "sender_x25519_public_hex"));
        });
    }

    @TestFactory
    Stream<DynamicTest> topicKey_knownNonce_isSealedToTheSameBytes() {
        return each("/topic_key/cases", vector -> {
            Sealed made = TopicKeys.seal(
                    hex(vector, "topic_key_hex"),
                    SigningKeyPair.fromSecretHex(text(vector, "recipient_secret_key_hex"))
                            .publicHex(),
                    BoxKeyPair.fromSecret(hex(vector, "sender_x25519_secret_hex")),
                    b64(vector, "nonce_b64"));
            byte[] written = Base64Text.decode(made.ciphertext());
            boolean bare = text(vector, "form").equals("bare");

            assertThat(bare ? Arrays.copyOfRange(written, BoxKeyPair.KEY_BYTES, written.length) : written)
                    .isEqualTo(b64(vector, "encrypted_key_b64"));
        });
    }

    @TestFactory
    Stream<DynamicTest> topicKey_negativeVector_isEmpty() {
        return each(
                "/topic_key/negative",
                vector -> assertThat(TopicKeys.open(copy(vector), text(vector, "recipient_secret_key_hex"), null))
                        .isEmpty());
    }

    @Test
    void topicKey_memberReseal_namesTheSealingMemberAndNoOther() {
        JsonNode alice = at("/ed25519_keys/identities/1");
        JsonNode eve = at("/ed25519_keys/identities/4");
        SigningKeyPair joiner = SigningKeyPair.generate();
        Sealed copy = TopicKeys.seal(
                TopicKeys.generate(), joiner.publicHex(), BoxKeyPair.ofIdentity(text(alice, "secret_key_hex")));

        TopicKeys.Opened opened = TopicKeys.open(copy, joiner.secretHex(), null).orElseThrow();

        assertThat(opened.isFrom(text(alice, "public_key_hex"))).isTrue();
        assertThat(opened.isFrom(text(eve, "public_key_hex"))).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> topicMessage_knownBody_isReadAndReproduced() {
        return each("/topic_message_v2/cases", vector -> {
            byte[] key = hex(vector, "topic_key_hex");
            byte[] message = text(vector, "plaintext_utf8").getBytes(StandardCharsets.UTF_8);

            assertThat(TopicMessage.decrypt(body(vector), key)).contains(text(vector, "plaintext_utf8"));
            assertThat(Base64Text.encode(SecretBox.seal(key, b64(vector, "nonce_b64"), message)))
                    .isEqualTo(text(vector, "ciphertext_b64"));
            assertThat(TopicMessage.decrypt(TopicMessage.encrypt(text(vector, "plaintext_utf8"), key), key))
                    .contains(text(vector, "plaintext_utf8"));
            assertThat(vector.get("bodyVersion").intValue()).isEqualTo(TopicMessage.BODY_VERSION);
        });
    }

    @TestFactory
    Stream<DynamicTest> topicMessage_negativeVector_isEmpty() {
        return each(
                "/topic_message_v2/negative",
                vector -> assertThat(TopicMessage.decrypt(body(vector), hex(vector, "topic_key_hex")))
                        .isEmpty());
    }

    @Test
    void topicMessage_signature_holdsForThisTopicOnly() {
        SigningKeyPair sender = SigningKeyPair.generate();
        Sealed body = TopicMessage.encrypt("text", TopicKeys.generate());
        String signature = TopicMessage.sign("topic-1", sender.publicHex(), body, sender.secretHex());

        assertThat(TopicMessage.isSignedBy("topic-1", sender.publicHex(), body, signature))
                .isTrue();
        assertThat(TopicMessage.isSignedBy("topic-2", sender.publicHex(), body, signature))
                .isFalse();
        assertThat(TopicMessage.isSignedBy("topic-1", sender.publicHex(), body, null))
                .isFalse();
    }

    private static Sealed copy(JsonNode vector) {
        return new Sealed(text(vector, "nonce_b64"), text(vector, "encrypted_key_b64"));
    }

    private static Sealed body(JsonNode vector) {
        return new Sealed(text(vector, "nonce_b64"), text(vector, "ciphertext_b64"));
    }
}
