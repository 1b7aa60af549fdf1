package com.claudemesh.cli.config;

import com.claudemesh.cli.CliException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Files that only their owner may read: 0600 in directories of 0700, where the file system knows POSIX modes. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /**
     * Makes the directory and its parents; an existing directory loses the rights of others.
     *
     * @throws CliException with exit code 10 when it can't
     */
    public static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory, attribute(directory, DIRECTORY_MODE));
            restrict(directory, DIRECTORY_MODE);
        } catch (IOException failed) {
            throw unusable("create the directory", directory, failed);
        }
    }

    /**
     * Replaces the file as a whole: a reader sees the old or the new text, and a crash leaves one of them.
     *
     * @throws CliException with exit code 10 when it can't; the old file is then untouched
     */
    public static void replace(Path file, String text) {
        makeDirectory(file.toAbsolutePath().getParent());
        replaceInPlace(file, text);
    }

    /** Like {@link #replace}, but leaves the mode of the directory, which belongs to somebody else, alone. */
    public static void replaceInPlace(Path file, String text) {
        try {
            Path temporary =
                    Files.createTempFile(file.toAbsolutePath().getParent(), ".claudemesh", ".tmp", fileAttribute(file));
            try {
                writeDurably(temporary, text);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw unusable("write", file, failed);
        }
    }

    /** Takes the rights of others away, where the file system knows POSIX modes. */
    public static void restrictToOwner(Path file) throws IOException {
        restrict(file, FILE_MODE);
    }

    /** The UTF-8 text of the file, or empty when there is none. */
    public static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException failed) {
            throw unusable("read", file, failed);
        }
    }

    /** The mode as in {@code rw-------}; empty where files have none. */
    public static Optional<String> mode(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    PosixFilePermissions.toString(view.readAttributes().permissions()));
        } catch (IOException failed) {
            throw unusable("read the mode of", file, failed);
        }
    }

    private static void writeDurably(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException foreignFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void restrict(Path path, Set<PosixFilePermission> mode) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(mode)) {
            view.setPermissions(mode);
        }
    }

    private static FileAttribute<?>[] fileAttribute(Path near) {
        return attribute(near, FILE_MODE);
    }

    private static FileAttribute<?>[] attribute(Path near, Set<PosixFilePermission> mode) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    private static CliException unusable(String action, Path path, IOException cause) {
        return CliException.io("can't " + action + " " + path + ": " + cause.getMessage());
    }
}
