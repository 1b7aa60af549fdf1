package com.claudemesh.sdk;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One JSON-lines file per mesh, shared by every process of a user. A message is on disk (fsync) when {@link #add}
 * returns. A line that a crash cut short is skipped. When a file grows half beyond {@value #MAX_MESSAGES} messages, or
 * beyond {@value #MAX_BYTES} bytes, the oldest are dropped. Blocking; safe for any thread and, through a file lock, for
 * several processes.
 */
public final class FileInboxStore implements InboxStore {
    static final int MAX_MESSAGES = 10_000;
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final Logger LOG = System.getLogger(FileInboxStore.class.getName());
    private static final int COMPACT_LINES = MAX_MESSAGES + MAX_MESSAGES / 2;

    /** Process-wide: a file lock does not keep threads of one process apart. */
    private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private final Path directory;
    private final Map<String, Known> known = new HashMap<>();

    public FileInboxStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** What this process has read of a file, which others may append to or replace meanwhile. */
    private static final class Known {
        private final Set<String> keys = new HashSet<>();
        private long generation;
        private long readTo;
        private int lines;

        private void clear() {
            keys.clear();
            readTo = 0;
            lines = 0;
        }
    }

    /** A locked mesh. */
    private record Locked(InboxFile file, FileChannel lock, Known known) {}

    @FunctionalInterface
    private interface Work<T> {
        T run(Locked mesh) throws IOException;
    }

    @Override
    public boolean add(IncomingMessage message) throws IOException {
        return locked(message.meshId(), mesh -> {
            List<String> keys = MessageKeys.of(message);
            if (keys.stream().anyMatch(mesh.known().keys::contains)) {
                return false;
            }
            append(mesh, InboxLine.write(message));
            mesh.known().keys.addAll(keys);
            return true;
        });
    }

    /**
     * The newest {@code limit} messages, oldest first.
     *
     * @throws IllegalArgumentException when the limit is negative
     */
    public List<StoredMessage> list(String meshId, int limit, boolean unreadOnly) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: must not be negative");
        }
        List<StoredMessage> wanted = locked(meshId, mesh -> readAll(mesh.file())).stream()
                .filter(stored -> !unreadOnly || !stored.seen())
                .toList();
        return wanted.subList(Math.max(0, wanted.size() - limit), wanted.size());
    }

    /** Marks messages as read. */
    public void markSeen(String meshId, Collection<String> messageIds) throws IOException {
        if (!messageIds.isEmpty()) {
            locked(meshId, mesh -> {
                append(mesh, InboxLine.writeSeen(messageIds));
                return true;
            });
        }
    }

    /** Deletes messages for good and answers how many. One that the server delivers again is new. */
    public int remove(String meshId, Predicate<StoredMessage> unwanted) throws IOException {
        return locked(meshId, mesh -> {
            Set<String> gone = readAll(mesh.file()).stream()
                    .filter(unwanted)
                    .map(stored -> stored.message().messageId())
                    .collect(Collectors.toSet());
            if (!gone.isEmpty()) {
                replace(
                        mesh,
                        lines -> mesh.file().read(0, line -> {
                            String id = InboxLine.parse(line).messageId();
                            if (id == null || !gone.contains(id)) {
                                lines.line(line);
                            }
                        }));
            }
            return gone.size();
        });
    }

    private <T> T locked(String meshId, Work<T> work) throws IOException {
        InboxFile.createDirectory(directory);
        Path home = directory.toRealPath();
        String name = fileName(meshId);
        Path lockFile = home.resolve(name + ".lock");
        synchronized (MONITORS.computeIfAbsent(lockFile, path -> new Object())) {
            try (FileChannel channel = InboxFile.open(lockFile);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the inbox could not be locked");
                }
                InboxFile file = new InboxFile(home.resolve(name + ".jsonl"));
                return work.run(new Locked(file, channel, refreshed(name, file, channel)));
            }
        }
    }

    /** Mesh ids are letters and digits; anything else is not allowed to become a path. */
    private static String fileName(String meshId) {
        return meshId.replaceAll("[^0-9A-Za-z_-]", "_");
    }

    private Known refreshed(String name, InboxFile file, FileChannel lock) throws IOException {
        Known seen;
        synchronized (known) {
            seen = known.computeIfAbsent(name, mesh -> new Known());
        }
        long generation = generation(lock);
        long size = file.size();
        if (seen.generation != generation || size < seen.readTo) {
            seen.clear();
            seen.generation = generation;
        }
        file.read(seen.readTo, line -> {
            seen.lines++;
            seen.keys.addAll(InboxLine.parse(line).keys());
        });
        seen.readTo = size;
        return seen;
    }

    private void append(Locked mesh, String line) throws IOException {
        mesh.file().append(line);
        mesh.known().readTo = mesh.file().size();
        mesh.known().lines++;
        if (mesh.known().lines > COMPACT_LINES || mesh.known().readTo > MAX_BYTES) {
            try {
                compact(mesh);
            } catch (IOException e) {
                // What was to be added is on disk; the next call tries again.
                LOG.log(Level.WARNING, "event=inbox_not_compacted", e);
            }
        }
    }

    private static List<StoredMessage> readAll(InboxFile file) throws IOException {
        Map<String, IncomingMessage> messages = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        file.read(0, line -> {
            InboxLine read = InboxLine.parse(line);
            seen.addAll(read.seen());
            IncomingMessage message = read.message();
            if (message != null) {
                messages.putIfAbsent(message.messageId(), message);
            }
        });
        return messages.values().stream()
                .map(message -> new StoredMessage(message, seen.contains(message.messageId())))
                .toList();
    }

    /** Keeps the newest messages, and which of them were seen. */
    private static void compact(Locked mesh) throws IOException {
        InboxOutline outline = InboxOutline.of(mesh.file());
        int first = outline.firstKept(MAX_MESSAGES, MAX_BYTES / 2);
        replace(mesh, lines -> {
            outline.copy(mesh.file(), first, lines);
            lines.line(InboxLine.writeSeen(outline.seenFrom(first)));
        });
    }

    private static void replace(Locked mesh, InboxFile.LineSource content) throws IOException {
        // Before the replacement: a process that reads between the two only reads once too often.
        long generation = generation(mesh.lock()) + 1;
        mesh.lock().write(ByteBuffer.allocate(Long.BYTES).putLong(0, generation), 0);
        mesh.file().replace(content);
        mesh.known().clear();
    }

    /** How often the file was replaced; kept in the lock file. */
    private static long generation(FileChannel lock) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        int read = lock.read(bytes, 0);
        return read == Long.BYTES ? bytes.getLong(0) : 0;
    }
}
