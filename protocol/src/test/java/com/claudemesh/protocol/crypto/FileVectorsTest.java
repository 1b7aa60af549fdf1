package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.encoding.Base64Text;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileVectorsTest {

    @TestFactory
    Stream<DynamicTest> file_vector_isReproducedAndOpened() {
        return each("/file/cases", vector -> {
            byte[] file = hex(vector, "plaintext_hex");
            byte[] key = hex(vector, "file_key_hex");
            byte[] stored = hex(vector, "stored_blob_hex");

            assertThat(FileCipher.encrypt(file, key, hex(vector, "nonce_hex"))).isEqualTo(stored);
            assertThat(stored).hasSize(file.length + FileCipher.OVERHEAD_BYTES);
            assertThat(FileCipher.decrypt(stored, key))
                    .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(file));
            assertThat(FileCipher.decrypt(FileCipher.encrypt(file, key), key))
                    .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(file));
        });
    }

    @TestFactory
    Stream<DynamicTest> fileKey_everyRecipient_opensItsCopy() {
        return each("/file/cases", vector -> {
            assertThat(vector.get("file_keys")).isNotEmpty();
            byte[] key = hex(vector, "file_key_hex");
            for (JsonNode copy : vector.get("file_keys")) {
                String secret = text(copy, "peer_secret_key_hex");
                String peer = text(copy, "peerPubkey");
                BoxKeyPair ephemeral = BoxKeyPair.fromSecret(hex(copy, "seal_ephemeral_secret_hex"));

                assertThat(Base64Text.encode(SealedBox.seal(key, Curve25519Keys.publicKey(peer), ephemeral)))
                        .isEqualTo(text(copy, "sealedKey"));
                assertThat(FileCipher.openKey(text(copy, "sealedKey"), secret))
                        .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(key));
                assertThat(FileCipher.openKey(FileCipher.sealKey(key, peer).sealedKey(), secret))
                        .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(key));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> fileKeys_header_isTheKnownText() {
        return each("/file/cases", vector -> {
            List<FileCipher.RecipientKey> keys = new ArrayList<>();
            for (JsonNode copy : vector.get("file_keys")) {
                keys.add(new FileCipher.RecipientKey(text(copy, "peerPubkey"), text(copy, "sealedKey")));
            }

            assertThat(FileCipher.headerJson(keys)).isEqualTo(text(vector, "x_file_keys_header_utf8"));
        });
    }

    @TestFactory
    Stream<DynamicTest> file_negativeVector_isEmpty() {
        return each("/file/negative", vector -> {
            if (vector.has("sealedKey")) {
                assertThat(FileCipher.openKey(text(vector, "sealedKey"), text(vector, "peer_secret_key_hex")))
                        .isEmpty();
            } else {
                assertThat(FileCipher.decrypt(hex(vector, "stored_blob_hex"), hex(vector, "file_key_hex")))
                        .isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> vaultEntry_vector_isOpenedAndReproduced() {
        return each("/vault_entry/cases", vector -> {
            JsonNode wire = vector.get("wire");
            byte[] value = hex(vector, "plaintext_hex");
            byte[] key = hex(vector, "file_key_hex");
            VaultCipher.Entry entry =
                    new VaultCipher.Entry(text(wire, "ciphertext"), text(wire, "nonce"), text(wire, "sealed_key"));

            assertThat(VaultCipher.decrypt(entry, text(vector, "owner_secret_key_hex")))
                    .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(value));
            assertThat(Base64Text.encode(SecretBox.seal(key, Base64Text.decode(entry.nonce()), value)))
                    .isEqualTo(entry.ciphertext());
            assertThat(VaultCipher.isKeyName(text(wire, "key"))).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> vaultEntry_deployValue_isTheKnownText() {
        return each("/vault_entry/cases", vector -> {
            byte[] value = hex(vector, "plaintext_hex");
            String expected = text(vector, "deploy_env_value_utf8");
            if (text(vector, "entry_type").equals("file")) {
                assertThat(VaultCipher.deployFileValue(text(vector, "mount_path"), value))
                        .isEqualTo(expected);
            } else {
                assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo(expected);
            }
        });
    }

    @Test
    void vaultEntry_openedBySomebodyElse_isEmpty() {
        VaultCipher.Entry entry = VaultCipher.encrypt(
                new byte[] {1, 2, 3}, SigningKeyPair.generate().publicHex());

        assertThat(VaultCipher.decrypt(entry, SigningKeyPair.generate().secretHex()))
                .isEmpty();
    }

    @Test
    void vaultEntry_newEntry_isOpenedByItsOwner() {
        SigningKeyPair owner = SigningKeyPair.generate();
        VaultCipher.Entry entry = VaultCipher.encrypt(new byte[] {1, 2, 3}, owner.publicHex());

        assertThat(VaultCipher.decrypt(entry, owner.secretHex()))
                .hasValueSatisfying(value -> assertThat(value).containsExactly(1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ключ"})
    void vaultKeyName_badCharacters_isRefused(String name) {
        assertThat(VaultCipher.isKeyName(name)).isFalse();
    }

    @Test
    void vaultMountPath_climbingOrTooLong_isRefused() {
        assertThat(VaultCipher.isMountPath("/run/secrets/tls.key")).isTrue();
        assertThat(VaultCipher.isMountPath("/run/../etc")).isFalse();
        assertThat(VaultCipher.isMountPath("/" + "a".repeat(512))).isFalse();
        assertThat(VaultCipher.isMountPath(null)).isFalse();
    }
}
