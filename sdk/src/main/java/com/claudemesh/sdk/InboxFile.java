package com.claudemesh.sdk;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of lines that survives crashes: a line is on disk when {@link #append} returns, the file is replaced as a whole
 * or not at all. Readable by its owner only. Blocking; the caller keeps other threads and processes away.
 */
final class InboxFile {
    private static final int READ_BYTES = 64 * 1024;

    private final Path path;

    InboxFile(Path path) {
        this.path = path;
    }

    @FunctionalInterface
    interface LineReader {
        void line(String line) throws IOException;
    }

    @FunctionalInterface
    interface LineSource {
        void writeTo(LineReader lines) throws IOException;
    }

    long size() throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** Reads the lines from a position on; the last one may have been cut short by a crash. */
    void read(long from, LineReader reader) throws IOException {
        if (size() <= from) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            InputStream bytes = Channels.newInputStream(channel.position(from));
            byte[] chunk = new byte[READ_BYTES];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                split(chunk, read, line, reader);
            }
            if (line.size() > 0) {
                reader.line(line.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static void split(byte[] chunk, int length, ByteArrayOutputStream line, LineReader reader)
            throws IOException {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                line.write(chunk, start, i - start);
                reader.line(line.toString(StandardCharsets.UTF_8));
                line.reset();
                start = i + 1;
            }
        }
        line.write(chunk, start, length - start);
    }

    /** Adds a line. Nothing of it stays when this fails, unless the disk refuses even that. */
    void append(String line) throws IOException {
        long end;
        try (FileChannel channel = open(path)) {
            end = channel.size();
            String separator = end > 0 && byteAt(channel, end - 1) != '\n' ? "\n" : "";
            ByteBuffer bytes = ByteBuffer.wrap((separator + line + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(end);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException e) {
                undo(channel, end, e);
                throw e;
            }
        }
        if (end == 0) {
            forceDirectory();
        }
    }

    private static void undo(FileChannel channel, long end, IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static byte byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, position);
        return one.get(0);
    }

    /** Replaces the whole file. */
    void replace(LineSource content) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        try (FileChannel channel = open(draft);
                BufferedWriter writer =
                        new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), READ_BYTES)) {
            content.writeTo(line -> writer.append(line).append('\n'));
            writer.flush();
            channel.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    /** A new name in a directory is on disk only when the directory is. Windows cannot and need not do this. */
    private void forceDirectory() throws IOException {
        if (isPosix()) {
            try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Opens a file for reading and writing; a new one belongs to its owner alone. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
    }

    static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly("rwx------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
