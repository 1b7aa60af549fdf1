package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.crypto.primitive.XChaCha20Poly1305;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passphrase-protected copies of a client's configuration.
 *
 * <p>Layout of {@code CMB1}: magic(4) ‖ salt(16) ‖ nonce(24) ‖ XChaCha20-Poly1305 ciphertext and tag, no associated
 * data, key = Argon2id v1.3 with t=2, m=64 MiB, p=1 (libsodium's {@code crypto_pwhash} interactive limits).
 * {@code CMB2}: magic(4) ‖ iterations(4) ‖ memory in KiB(4), both big-endian ‖ salt ‖ nonce ‖ ciphertext and tag, with
 * everything before the ciphertext as associated data. Both are read; {@code CMB2} is written.
 *
 * <p>The passphrase is used as typed, in UTF-8 without normalisation.
 */
public final class BackupFile {

    /** The shortest passphrase that clients accept for a new backup, in UTF-16 units. */
    public static final int MIN_PASSPHRASE_CHARS = 12;

    private static final byte[] MAGIC_1 = "CMB1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC_2 = "CMB2".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC_BYTES = 4;
    private static final int COST_BYTES = 8;
    static final int SALT_BYTES = 16;
    private static final int MIN_CIPHERTEXT_BYTES = XChaCha20Poly1305.TAG_BYTES + 1;
    private static final byte[] NO_DATA = new byte[0];

    static final Cost COST_1 = new Cost(2, 64 * 1024);
    private static final Cost COST_2 = new Cost(3, 256 * 1024);
    static final int ARGON2_ID = Argon2Parameters.ARGON2_id;
    private static final int MAX_ITERATIONS = 16;
    private static final int MIN_MEMORY_KIB = 8 * 1024;
    private static final int MAX_MEMORY_KIB = 1024 * 1024;

    private BackupFile() {}

    /** What reading a backup came to. */
    public sealed interface Result {

        /** The configuration as it was saved. */
        record Restored(byte[] config) implements Result {}

        /** Too short, another magic, or cost parameters outside the accepted range. */
        record NotABackup() implements Result {}

        /** Wrong passphrase, or the file was altered or cut. */
        record DecryptFailed() implements Result {}
    }

    record Cost(int iterations, int memoryKib) {
        boolean acceptable() {
            return iterations >= 1
                    && iterations <= MAX_ITERATIONS
                    && memoryKib >= MIN_MEMORY_KIB
                    && memoryKib <= MAX_MEMORY_KIB;
        }
    }

    /**
     * A new backup in the {@code CMB2} form. Needs 256 MiB of heap and about a second.
     *
     * @param config at least one byte
     * @throws IllegalArgumentException if the configuration is empty
     */
    public static byte[] encrypt(byte[] config, String passphrase) {
        if (config.length == 0) {
            throw new IllegalArgumentException("an empty configuration cannot be backed up");
        }
        byte[] salt = RandomBytes.of(SALT_BYTES);
        byte[] nonce = RandomBytes.of(XChaCha20Poly1305.NONCE_BYTES);
        byte[] cost = ByteBuffer.allocate(COST_BYTES)
                .putInt(COST_2.iterations)
                .putInt(COST_2.memoryKib)
                .array();
        byte[] header = Bytes.join(MAGIC_2, cost, salt, nonce);
        return Bytes.join(header, seal(config, passphrase, COST_2, salt, nonce, header));
    }

    /** Reads either form. */
    public static Result decrypt(byte[] file, String passphrase) {
        byte[] magic = Arrays.copyOf(file, MAGIC_BYTES);
        if (Arrays.equals(magic, MAGIC_1)) {
            return decrypt(file, passphrase, COST_1, MAGIC_BYTES, false);
        }
        if (Arrays.equals(magic, MAGIC_2) && file.length >= MAGIC_BYTES + COST_BYTES) {
            ByteBuffer cost = ByteBuffer.wrap(file, MAGIC_BYTES, COST_BYTES);
            return decrypt(file, passphrase, new Cost(cost.getInt(), cost.getInt()), MAGIC_BYTES + COST_BYTES, true);
        }
        return new Result.NotABackup();
    }

    static byte[] encryptFirstForm(byte[] config, String passphrase, byte[] salt, byte[] nonce) {
        return Bytes.join(MAGIC_1, salt, nonce, seal(config, passphrase, COST_1, salt, nonce, NO_DATA));
    }

    static byte[] firstFormKey(String passphrase, byte[] salt) {
        return key(passphrase, salt, COST_1);
    }

    private static byte[] seal(
            byte[] config, String passphrase, Cost cost, byte[] salt, byte[] nonce, byte[] associatedData) {
        byte[] key = key(passphrase, salt, cost);
        try {
            return XChaCha20Poly1305.encrypt(key, nonce, associatedData, config);
        } finally {
            Bytes.clear(key);
        }
    }

    private static Result decrypt(
            byte[] file, String passphrase, Cost cost, int saltOffset, boolean headerIsAuthenticated) {
        int nonceOffset = saltOffset + SALT_BYTES;
        int bodyOffset = nonceOffset + XChaCha20Poly1305.NONCE_BYTES;
        if (file.length < bodyOffset + MIN_CIPHERTEXT_BYTES || !cost.acceptable()) {
            return new Result.NotABackup();
        }
        byte[] key = key(passphrase, Arrays.copyOfRange(file, saltOffset, nonceOffset), cost);
        Optional<byte[]> config = XChaCha20Poly1305.decrypt(
                key,
                Arrays.copyOfRange(file, nonceOffset, bodyOffset),
                headerIsAuthenticated ? Arrays.copyOf(file, bodyOffset) : NO_DATA,
                Arrays.copyOfRange(file, bodyOffset, file.length));
        Bytes.clear(key);
        return config.<Result>map(Result.Restored::new).orElseGet(Result.DecryptFailed::new);
    }

    private static byte[] key(String passphrase, byte[] salt, Cost cost) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(ARGON2_ID)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(cost.iterations)
                .withMemoryAsKB(cost.memoryKib)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] password = passphrase.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[XChaCha20Poly1305.KEY_BYTES];
        argon2.generateBytes(password, key);
        Bytes.clear(password);
        return key;
    }
}
