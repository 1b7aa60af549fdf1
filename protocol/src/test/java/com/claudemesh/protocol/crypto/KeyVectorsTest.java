package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.claudemesh.protocol.crypto.primitive.XChaCha20Poly1305;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeyVectorsTest {

    @TestFactory
    Stream<DynamicTest> signingKeyPair_seed_givesTheKnownKeys() {
        return each("/ed25519_keys/identities", vector -> {
            SigningKeyPair pair = SigningKeyPair.fromSeed(hex(vector, "seed_hex"));

            assertThat(pair.publicHex()).isEqualTo(text(vector, "public_key_hex"));
            assertThat(pair.secretHex()).isEqualTo(text(vector, "secret_key_hex"));
            assertThat(SigningKeyPair.fromSecretHex(pair.secretHex())).isEqualTo(pair);
        });
    }

    @TestFactory
    Stream<DynamicTest> conversion_identity_givesTheKnownX25519Keys() {
        return each("/ed25519_keys/identities", vector -> {
            String publicHex = text(vector, "public_key_hex");

            assertThat(Hex.encode(Curve25519Keys.publicKey(publicHex))).isEqualTo(text(vector, "x25519_public_hex"));
            assertThat(Hex.encode(Curve25519Keys.secretKey(text(vector, "secret_key_hex"))))
                    .isEqualTo(text(vector, "x25519_secret_hex"));
            assertThat(BoxKeyPair.fromSecret(hex(vector, "x25519_secret_hex")).publicHex())
                    .isEqualTo(text(vector, "x25519_public_hex"));
            assertThat(Curve25519Keys.isConvertible(publicHex)).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> conversion_badPublicKey_isRefused() {
        return each("/ed25519_to_x25519_negative/cases", vector -> {
            byte[] key = hex(vector, "public_key_hex");

            assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> Curve25519Keys.publicKey(key));
            assertThat(Curve25519Keys.isConvertible(text(vector, "public_key_hex")))
                    .isFalse();
        });
    }

    @Test
    void constants_ofTheFormats_areLibsodiums() {
        Map<String, Integer> ours = Map.ofEntries(
                Map.entry("crypto_sign_PUBLICKEYBYTES", SigningKeyPair.PUBLIC_KEY_BYTES),
                Map.entry("crypto_sign_SECRETKEYBYTES", SigningKeyPair.SECRET_KEY_BYTES),
                Map.entry("crypto_sign_BYTES", Signatures.SIGNATURE_BYTES),
                Map.entry("crypto_box_PUBLICKEYBYTES", BoxKeyPair.KEY_BYTES),
                Map.entry("crypto_box_SECRETKEYBYTES", BoxKeyPair.KEY_BYTES),
                Map.entry("crypto_box_NONCEBYTES", CryptoBox.NONCE_BYTES),
                Map.entry("crypto_box_MACBYTES", CryptoBox.TAG_BYTES),
                Map.entry("crypto_box_SEALBYTES", SealedBox.OVERHEAD_BYTES),
                Map.entry("crypto_secretbox_KEYBYTES", SecretBox.KEY_BYTES),
                Map.entry("crypto_secretbox_NONCEBYTES", SecretBox.NONCE_BYTES),
                Map.entry("crypto_secretbox_MACBYTES", SecretBox.TAG_BYTES),
                Map.entry("crypto_aead_xchacha20poly1305_ietf_NPUBBYTES", XChaCha20Poly1305.NONCE_BYTES),
                Map.entry("crypto_aead_xchacha20poly1305_ietf_ABYTES", XChaCha20Poly1305.TAG_BYTES),
                Map.entry("crypto_pwhash_SALTBYTES", BackupFile.SALT_BYTES),
                Map.entry("crypto_pwhash_OPSLIMIT_INTERACTIVE", BackupFile.COST_1.iterations()),
                Map.entry("crypto_pwhash_MEMLIMIT_INTERACTIVE", BackupFile.COST_1.memoryKib() * 1024),
                Map.entry("crypto_pwhash_ALG_ARGON2ID13", BackupFile.ARGON2_ID));

        JsonNode constants = at("/encodings/constants");

        assertThat(constants.size()).isEqualTo(ours.size());
        ours.forEach((name, value) ->
                assertThat(constants.path(name).asInt(-1)).as(name).isEqualTo(value));
    }

    @Test
    void generate_twice_givesDifferentUsablePairs() {
        SigningKeyPair one = SigningKeyPair.generate();
        SigningKeyPair other = SigningKeyPair.generate();

        assertThat(one).isNotEqualTo(other);
        assertThat(Signatures.verify("text", Signatures.sign("text", one.secretHex()), one.publicHex()))
                .isTrue();
    }

    @Test
    void fromSecretHex_publicHalfOfAnotherKey_isRefused() {
        SigningKeyPair one = SigningKeyPair.generate();
        SigningKeyPair other = SigningKeyPair.generate();
        String mixed = one.secretHex().substring(0, 64) + other.publicHex();

        assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> SigningKeyPair.fromSecretHex(mixed));
    }

    @Test
    void toString_ofKeyPairs_hasNoSecret() {
        SigningKeyPair identity = SigningKeyPair.generate();
        BoxKeyPair box = BoxKeyPair.generate();

        assertThat(identity.toString()).doesNotContain(identity.secretHex().substring(0, 64));
        assertThat(box.toString()).doesNotContain(Hex.encode(box.secretKey()));
    }
}
