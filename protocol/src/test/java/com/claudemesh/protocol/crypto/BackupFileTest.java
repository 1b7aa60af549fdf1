package com.claudemesh.protocol.crypto;

import static com.claudemesh.protocol.crypto.Vectors.b64;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.claudemesh.protocol.encoding.Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BackupFileTest {

    private static final String PASSPHRASE = "correct horse battery";
    /** Made once: it costs a second or more. */
    private static final byte[] SECOND_FORM = BackupFile.encrypt(new byte[] {7}, PASSPHRASE);

    @TestFactory
    Stream<DynamicTest> firstForm_vector_isReproduced() {
        return each("/backup/cases", vector -> {
            String passphrase = text(vector, "passphrase_utf8");
            byte[] salt = hex(vector, "salt_hex");
            byte[] config = text(vector, "plaintext_utf8").getBytes(StandardCharsets.UTF_8);

            assertThat(Hex.encode(BackupFile.firstFormKey(passphrase, salt))).isEqualTo(text(vector, "key_hex"));
            assertThat(BackupFile.encryptFirstForm(config, passphrase, salt, hex(vector, "nonce_hex")))
                    .isEqualTo(b64(vector, "blob_b64"));
        });
    }

    @TestFactory
    Stream<DynamicTest> firstForm_vector_isRestored() {
        return each(
                "/backup/cases",
                vector -> assertThat(BackupFile.decrypt(b64(vector, "blob_b64"), text(vector, "passphrase_utf8")))
                        .isInstanceOfSatisfying(
                                BackupFile.Result.Restored.class,
                                restored -> assertThat(new String(restored.config(), StandardCharsets.UTF_8))
                                        .isEqualTo(text(vector, "plaintext_utf8"))));
    }

    @TestFactory
    Stream<DynamicTest> firstForm_negativeVector_saysWhy() {
        return each("/backup/negative", vector -> {
            BackupFile.Result expected =
                    switch (text(vector, "expect")) {
                        case "decrypt_failed" -> new BackupFile.Result.DecryptFailed();
                        case "not_a_backup" -> new BackupFile.Result.NotABackup();
                        default -> throw new AssertionError("unknown expectation");
                    };

            assertThat(BackupFile.decrypt(b64(vector, "blob_b64"), text(vector, "passphrase_utf8")))
                    .isEqualTo(expected);
        });
    }

    @Test
    void secondForm_rightPassphrase_isRestored() {
        assertThat(new String(SECOND_FORM, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("CMB2");
        assertThat(BackupFile.decrypt(SECOND_FORM, PASSPHRASE))
                .isInstanceOfSatisfying(
                        BackupFile.Result.Restored.class,
                        restored -> assertThat(restored.config()).containsExactly(7));
    }

    @Test
    void secondForm_costLowered_failsToDecrypt() {
        byte[] file = SECOND_FORM.clone();
        ByteBuffer.wrap(file).putInt(4, 1).putInt(8, 8 * 1024);

        assertThat(BackupFile.decrypt(file, PASSPHRASE)).isEqualTo(new BackupFile.Result.DecryptFailed());
    }

    @Test
    void secondForm_hostileCost_isRefusedWithoutComputing() {
        byte[] file = new byte[200];
        ByteBuffer.wrap(file)
                .put("CMB2".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putInt(Integer.MAX_VALUE);

        assertThat(BackupFile.decrypt(file, PASSPHRASE)).isEqualTo(new BackupFile.Result.NotABackup());
    }

    @Test
    void decrypt_emptyFile_isNotABackup() {
        assertThat(BackupFile.decrypt(new byte[0], PASSPHRASE)).isEqualTo(new BackupFile.Result.NotABackup());
    }

    @Test
    void encrypt_emptyConfig_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BackupFile.encrypt(new byte[0], PASSPHRASE));
    }
}
