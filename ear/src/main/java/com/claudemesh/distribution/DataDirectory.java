package com.claudemesh.distribution;

import com.claudemesh.platform.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Everything that must survive, and what belongs to the running processes. */
record DataDirectory(Path root) {
    private static final int KEY_BYTES = 32;
    /** What fits on one line of the header in which asadmin sends it; it breaks a longer one. */
    private static final int ADMIN_PASSWORD_BYTES = 16;

    /**
     * Makes the directory, readable by its owner only, when it is not there.
     *
     * @throws Refusal when it cannot be made or written
     */
    static DataDirectory open(Path root) {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root.toAbsolutePath().getParent());
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.delete(Files.createTempFile(root, "probe", ""));
            Files.createDirectories(root.resolve("logs"));
        } catch (IOException e) {
            throw new Refusal("the data directory " + root + " is not writable");
        }
        return new DataDirectory(root);
    }

    Path state() {
        return root.resolve("supervisor.json");
    }

    Path lock() {
        return root.resolve("supervisor.lock");
    }

    /** The application server's domain: made from the distribution, made again when that changes. */
    Path domain() {
        return root.resolve("server");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path serverLog() {
        return logs().resolve("server.log");
    }

    /** What the server's Java prints before and beside its log. */
    Path serverConsole() {
        return logs().resolve("server-console.log");
    }

    Path supervisorLog() {
        return logs().resolve("supervisor.log");
    }

    Path firstStart() {
        return root.resolve("first-start.json");
    }

    /** The password of the embedded database's superuser. */
    String postgresPassword() throws IOException {
        return keep(root.resolve("postgres-password"), KEY_BYTES);
    }

    /** The password of the user {@code admin} on the server's loopback administration port. */
    String adminPassword() throws IOException {
        return keep(root.resolve("admin-password"), ADMIN_PASSWORD_BYTES);
    }

    /**
     * The key that encrypts secrets at rest; made on the first start.
     *
     * @throws Refusal when the file is gone although there is a database that was written with it
     */
    String encryptionKey() throws IOException {
        Path file = root.resolve("encryption-key");
        if (!Files.exists(file) && Files.exists(postgres())) {
            throw new Refusal(file + " is missing, and the secrets in the database cannot be read without it;"
                    + " restore the file or set BROKER_ENCRYPTION_KEY");
        }
        return keep(file, KEY_BYTES);
    }

    private static String keep(Path file, int randomBytes) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, randomHex(randomBytes) + "\n");
        }
        return Files.readString(file).strip();
    }

    /** A secret that is used for this run only. */
    static String passwordOfThisRun() {
        return randomHex(KEY_BYTES);
    }

    private static String randomHex(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
