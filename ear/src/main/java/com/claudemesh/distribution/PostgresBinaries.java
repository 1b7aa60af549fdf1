package com.claudemesh.distribution;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {
    /** The major version inside; a cluster's files belong to one. */
    static final String MAJOR_VERSION = "17";

    private static final int OWNER_EXECUTE = 0100;

    private PostgresBinaries() {}

    /**
     * Returns the folder with {@code bin} and {@code lib}: in the distribution, or in the data directory where the
     * distribution cannot be written. Two supervisors may do this at once.
     */
    static Path unpack(Home home, DataDirectory data) throws IOException {
        Path shared = home.root().resolve("postgresql-" + MAJOR_VERSION);
        if (Files.isDirectory(shared)) {
            return shared;
        }
        Path own = data.root().resolve("postgresql-" + MAJOR_VERSION);
        if (Files.isDirectory(own)) {
            return own;
        }
        Path target = Files.isWritable(home.root()) ? shared : own;
        Path draft = Files.createTempDirectory(target.getParent(), "postgresql-");
        try {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            extract(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            Folders.delete(draft);
        }
        return target;
    }

    private static void extract(Path folder) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(resourceName())) {
            if (archive == null) {
                throw new Refusal("there is no embedded PostgreSQL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + "; set DATABASE_URL");
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("an entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String resourceName() {
        String processor =
                switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> "unknown";
                };
        return "/postgres-" + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + processor + ".txz";
    }
}
