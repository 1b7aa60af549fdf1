package com.claudemesh.distribution;

import com.claudemesh.platform.PrivateFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The application server's domain folder. It is made from the domain that Payara ships; the first start configures it and
 * deploys into it. It holds nothing of value: when the distribution has changed since, it is made again.
 */
final class ServerDomain {
    private static final int SALT_BYTES = 8;
    /** How often Payara's file realm hashes. */
    private static final int HASH_ROUNDS = 100;

    private static final int BUFFER_BYTES = 65_536;

    private final Home home;
    private final DataDirectory data;

    ServerDomain(Home home, DataDirectory data) {
        this.home = home;
        this.data = data;
    }

    /** Whether the domain is configured, has the application, and both are those of this distribution. */
    boolean isPrepared() throws IOException {
        Path stamp = stampFile();
        return Files.exists(stamp) && Files.readString(stamp).equals(fingerprint());
    }

    /** A domain as Payara ships it, with the database driver, our logging, and a password on its administration port. */
    void makeAnew() throws IOException {
        Folders.delete(data.domain());
        Folders.copy(home.domainTemplate(), data.domain());
        Files.setPosixFilePermissions(data.domain(), PosixFilePermissions.fromString("rwx------"));
        Path driver = driverJar();
        Files.copy(driver, data.domain().resolve("lib").resolve(driver.getFileName()));
        Files.copy(
                home.logging(),
                data.domain().resolve("config/logging.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        PrivateFile.write(
                data.domain().resolve("config/admin-keyfile"), "admin;" + hash(data.adminPassword()) + ";asadmin\n");
    }

    /** To be called once the server got ready: a start that broke off is followed by a new domain. */
    void markPrepared() throws IOException {
        Files.writeString(stampFile(), fingerprint());
    }

    private Path stampFile() {
        return data.domain().resolve("prepared");
    }

    private static Path driverJar() throws IOException {
        try {
            return Path.of(org.postgresql.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Of everything that the first start puts into the domain. */
    private String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        digest.update(home.payara().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(driverJar().getFileName().toString().getBytes(StandardCharsets.UTF_8));
        for (Path file : List.of(home.configureCommands(), home.deployCommands(), home.logging(), home.ear())) {
            try (var in = Files.newInputStream(file)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Payara's form of a salted hash; the password itself is random and long. */
    private static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return hash(password, salt);
    }

    static String hash(String password, byte[] salt) {
        MessageDigest digest = sha256();
        digest.update(password.getBytes(StandardCharsets.UTF_8));
        digest.update(salt);
        byte[] hash = digest.digest();
        for (int round = 1; round < HASH_ROUNDS; round++) {
            hash = digest.digest(hash);
        }
        byte[] both = Arrays.copyOf(hash, hash.length + salt.length);
        System.arraycopy(salt, 0, both, hash.length, salt.length);
        return "{SSHA256}" + Base64.getEncoder().encodeToString(both);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
