package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AtRestCipherTest {

    private static final String KEY = "bcadafd0a3cf350d8af456cc8fd363766a460da3d13b72cb8bdc38b39936df82";

    private final AtRestCipher cipher = new AtRestCipher(KEY);

    @TestFactory
    Stream<DynamicTest> oldForm_vector_isReproducedAndRead() {
        return each("/at_rest/cases", vector -> {
            AtRestCipher subject = new AtRestCipher(text(vector, "key_hex"));
            String plaintext = text(vector, "plaintext_utf8");

            assertThat(subject.encryptUnbound(plaintext, hex(vector, "iv_hex"))).isEqualTo(text(vector, "packed_b64"));
            assertThat(subject.decryptUnbound(text(vector, "packed_b64"))).contains(plaintext);
            assertThat(subject.decrypt(text(vector, "packed_b64"), "any|place")).contains(plaintext);
        });
    }

    @TestFactory
    Stream<DynamicTest> oldForm_negativeVector_isEmpty() {
        return each(
                "/at_rest/negative",
                vector -> assertThat(
                                new AtRestCipher(text(vector, "key_hex")).decryptUnbound(text(vector, "packed_b64")))
                        .isEmpty());
    }

    @Test
    void newForm_samePlace_isRead() {
        String stored = cipher.encrypt("secret", "mesh.root_key|1");

        assertThat(stored).startsWith(cipher.keyId() + ":");
        assertThat(cipher.isCurrent(stored)).isTrue();
        assertThat(cipher.decrypt(stored, "mesh.root_key|1")).contains("secret");
    }

    @Test
    void newForm_copiedToAnotherPlace_isEmpty() {
        String stored = cipher.encrypt("secret", "mesh.root_key|1");

        assertThat(cipher.decrypt(stored, "mesh.root_key|2")).isEmpty();
    }

    @Test
    void newForm_prefixRemoved_isEmpty() {
        String stored = cipher.encrypt("secret", "mesh.root_key|1");

        assertThat(cipher.decrypt(stored.substring(cipher.keyId().length() + 1), "mesh.root_key|1"))
                .isEmpty();
    }

    @Test
    void newForm_beforeKeysHadIds_isRead() {
        String stored =
                "k1:" + cipher.encrypt("secret", "p").substring(cipher.keyId().length() + 1);

        assertThat(cipher.decrypt(stored, "p")).contains("secret");
        assertThat(new AtRestCipher("00".repeat(32), List.of(KEY)).decrypt(stored, "p"))
                .contains("secret");
        assertThat(cipher.isCurrent(stored)).isFalse();
    }

    @Test
    void newForm_ofAnEarlierKey_isReadAsLongAsThatKeyIsKnown() {
        String stored = cipher.encrypt("secret", "p");
        AtRestCipher next = new AtRestCipher("00".repeat(32), List.of(KEY));

        assertThat(next.decrypt(stored, "p")).contains("secret");
        assertThat(next.isCurrent(stored)).isFalse();
        assertThat(next.keyId()).isNotEqualTo(cipher.keyId()).matches("k[0-9a-f]{8}");
        assertThat(new AtRestCipher("00".repeat(32)).decrypt(stored, "p")).isEmpty();
    }

    @Test
    void encrypt_twice_givesDifferentTexts() {
        assertThat(cipher.encrypt("secret", "p")).isNotEqualTo(cipher.encrypt("secret", "p"));
    }

    @Test
    void constructor_malformedKey_isRefused() {
        assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> new AtRestCipher("ab"));
    }
}
