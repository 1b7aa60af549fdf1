package com.claudemesh.sdk;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One JSON-lines file per mesh, shared by every process of a user. A message is on disk (fsync) when {@link #add} returns.
 * A line that a crash cut short is skipped. Beyond {@value #MAX_MESSAGES} messages the oldest are dropped. Blocking; safe
 * for any thread and, through a file lock, for several processes.
 */
public final class FileInboxStore implements InboxStore {
    static final int MAX_MESSAGES = 10_000;
    private static final int COMPACT_LINES = MAX_MESSAGES + MAX_MESSAGES / 2;
    private static final String SEEN = "seen";

    private final Path directory;

    /** Process-wide: a file lock does not keep threads of one process apart. */
    private static final Map<Path, Object> MONITORS = new java.util.concurrent.ConcurrentHashMap<>();

    private final Map<String, KnownIds> known = new java.util.concurrent.ConcurrentHashMap<>();

    /** Ids read so far from a file, which others may append to meanwhile. */
    private static final class KnownIds {
        private final Set<String> ids = new HashSet<>();
        private long readTo;
    }

    public FileInboxStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public boolean add(IncomingMessage message) throws IOException {
        return locked(message.meshId(), channel -> {
            KnownIds ids = refresh(message.meshId(), channel);
            if (!ids.ids.add(message.messageId())) {
                return false;
            }
            ObjectNode line = Json.mapper().valueToTree(message);
            append(channel, Json.mapper().writeValueAsString(line));
            ids.readTo = channel.size();
            return true;
        });
    }

    /** The newest {@code limit} messages, oldest first. */
    public List<StoredMessage> list(String meshId, int limit, boolean unreadOnly) throws IOException {
        List<StoredMessage> all = locked(meshId, channel -> {
            List<StoredMessage> found = readAll(channel);
            if (found.size() > COMPACT_LINES) {
                compact(meshId, found);
            }
            return found;
        });
        List<StoredMessage> wanted =
                all.stream().filter(stored -> !unreadOnly || !stored.seen()).toList();
        return wanted.subList(Math.max(0, wanted.size() - limit), wanted.size());
    }

    /** Marks messages as read. */
    public void markSeen(String meshId, Collection<String> messageIds) throws IOException {
        if (messageIds.isEmpty()) {
            return;
        }
        locked(meshId, channel -> {
            ObjectNode line = Json.mapper().createObjectNode();
            line.set(SEEN, Json.mapper().valueToTree(messageIds));
            append(channel, Json.mapper().writeValueAsString(line));
            return null;
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(FileChannel channel) throws IOException;
    }

    private <T> T locked(String meshId, Work<T> work) throws IOException {
        Path lockFile = directory.resolve(fileName(meshId) + ".lock");
        synchronized (MONITORS.computeIfAbsent(lockFile, path -> new Object())) {
            createDirectory();
            try (FileChannel lockChannel = open(lockFile);
                    FileLock lock = lockChannel.lock();
                    FileChannel channel = open(directory.resolve(fileName(meshId) + ".jsonl"))) {
                if (!lock.isValid()) {
                    throw new IOException("the inbox could not be locked");
                }
                return work.run(channel);
            }
        }
    }

    /** Mesh ids are letters and digits; anything else is not allowed to become a path. */
    private static String fileName(String meshId) {
        return meshId.replaceAll("[^0-9A-Za-z_-]", "_");
    }

    private void createDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly("rwx------"));
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly("rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private KnownIds refresh(String meshId, FileChannel channel) throws IOException {
        KnownIds ids = known.computeIfAbsent(meshId, id -> new KnownIds());
        if (channel.size() < ids.readTo) {
            ids.ids.clear();
            ids.readTo = 0;
        }
        if (channel.size() > ids.readTo) {
            for (JsonNode line : lines(channel, ids.readTo)) {
                if (line.has("messageId")) {
                    ids.ids.add(line.path("messageId").asText());
                }
            }
            ids.readTo = channel.size();
        }
        return ids;
    }

    private static void append(FileChannel channel, String json) throws IOException {
        long end = channel.size();
        boolean torn = end > 0 && byteAt(channel, end - 1) != '\n';
        ByteBuffer bytes = ByteBuffer.wrap(((torn ? "\n" : "") + json + "\n").getBytes(StandardCharsets.UTF_8));
        channel.position(end);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private static byte byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, position);
        return one.get(0);
    }

    private static List<JsonNode> lines(FileChannel channel, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - from));
        long position = from;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(bytes.array(), StandardCharsets.UTF_8).split("\n")) {
            JsonNode node = parse(line);
            if (node != null) {
                lines.add(node);
            }
        }
        return lines;
    }

    /** Null for a line that a crash cut short. */
    private static JsonNode parse(String line) {
        try {
            JsonNode node = line.isBlank() ? null : Json.mapper().readTree(line);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException torn) {
            return null;
        }
    }

    private static List<StoredMessage> readAll(FileChannel channel) throws IOException {
        Map<String, IncomingMessage> messages = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode line : lines(channel, 0)) {
            if (line.has(SEEN)) {
                line.path(SEEN).forEach(id -> seen.add(id.asText()));
            } else {
                IncomingMessage message = Json.mapper().treeToValue(line, IncomingMessage.class);
                messages.putIfAbsent(message.messageId(), message);
            }
        }
        return messages.values().stream()
                .map(message -> new StoredMessage(message, seen.contains(message.messageId())))
                .toList();
    }

    private void compact(String meshId, List<StoredMessage> all) throws IOException {
        List<StoredMessage> kept = all.subList(Math.max(0, all.size() - MAX_MESSAGES), all.size());
        Path file = directory.resolve(fileName(meshId) + ".jsonl");
        Path draft = directory.resolve(fileName(meshId) + ".jsonl.tmp");
        Files.deleteIfExists(draft);
        try (FileChannel channel = open(draft)) {
            for (StoredMessage stored : kept) {
                append(channel, Json.mapper().writeValueAsString(stored.message()));
            }
            ObjectNode line = Json.mapper().createObjectNode();
            line.set(
                    SEEN,
                    Json.mapper()
                            .valueToTree(kept.stream()
                                    .filter(StoredMessage::seen)
                                    .map(stored -> stored.message().messageId())
                                    .toList()));
            append(channel, Json.mapper().writeValueAsString(line));
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
