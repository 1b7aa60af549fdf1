package com.claudemesh.cli.policy;

import com.claudemesh.cli.config.FileGuard;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of decisions: one line of JSON each, in a file that only its owner reads. Every line names the hash of the one
 * before it, so that a line that was changed or taken out is noticed. At 5 MB the file becomes {@code audit.log.1}, in place
 * of an older one. Processes append one after the other.
 */
final class PolicyLog {
    static final long MAX_BYTES = 5L * 1024 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int HASH_CHARS = 64;
    private static final String HASH = "hash";
    private static final String PREVIOUS = "prev";

    private final Path file;

    PolicyLog(Path stateDirectory) {
        this.file = stateDirectory.resolve("audit.log");
    }

    /**
     * What is in the file.
     *
     * @param lines records, oldest first; a line that is no record is null
     * @param brokenLine number of the first line that does not fit to the one before it; 0 when all do
     */
    record Contents(List<JsonNode> lines, long brokenLine) {}

    Path file() {
        return file;
    }

    /**
     * Appends a record and its hash.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    void append(ObjectNode entry) {
        FileGuard.holding(file.resolveSibling(".audit.lock"), () -> {
            try {
                write(entry);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return file;
        });
    }

    private void write(ObjectNode entry) throws IOException {
        boolean fresh = !Files.exists(file);
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            if (fresh) {
                PrivateFiles.restrictToOwner(file);
            }
            String last = lastLine(log);
            if (log.length() >= MAX_BYTES) {
                rotate(entry, last);
                return;
            }
            log.seek(log.length());
            log.write(line(entry, last));
        }
    }

    private void rotate(ObjectNode entry, String last) throws IOException {
        Files.move(file, file.resolveSibling("audit.log.1"), StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            PrivateFiles.restrictToOwner(file);
            log.write(line(entry, last));
        }
    }

    private static byte[] line(ObjectNode entry, String last) {
        entry.put(PREVIOUS, hashOf(last));
        entry.put(HASH, Digests.sha256Hex(Json.text(entry)));
        // A process that died while it wrote left half a line.
        String begin = last.isEmpty() || last.endsWith("\n") ? "" : "\n";
        return (begin + Json.text(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The hash that a line ends with; empty for none, and for half a line. Every verb comes by here: nothing is parsed. */
    private static String hashOf(String line) {
        String end = line.stripTrailing();
        boolean whole = line.endsWith("\n") && end.endsWith("\"}") && end.length() > HASH_CHARS + 2;
        return whole ? end.substring(end.length() - 2 - HASH_CHARS, end.length() - 2) : "";
    }

    /** With its line feed, if it has one. */
    private static String lastLine(RandomAccessFile log) throws IOException {
        long length = log.length();
        int size = (int) Math.min(length, MAX_LINE_BYTES);
        byte[] tail = new byte[size];
        log.seek(length - size);
        log.readFully(tail);
        String text = new String(tail, StandardCharsets.UTF_8);
        int end = text.endsWith("\n") ? text.length() - 2 : text.length() - 1;
        return text.substring(text.lastIndexOf('\n', Math.max(end, 0)) + 1);
    }

    Contents read() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        long broken = 0;
        String previous = "";
        if (!Files.exists(file)) {
            return new Contents(records, broken);
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Optional<ObjectNode> entry = JsonReader.read(line)
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast);
                boolean fits = entry.isPresent() && fits(entry.get().deepCopy(), previous, records.isEmpty());
                records.add(entry.orElse(null));
                if (!fits && broken == 0) {
                    broken = records.size();
                }
                previous = entry.map(node -> node.path(HASH).asText()).orElse("");
            }
        }
        return new Contents(records, broken);
    }

    /** The first line continues a file that was put away, or none. */
    private static boolean fits(ObjectNode entry, String previous, boolean first) {
        JsonNode hash = entry.remove(HASH);
        return hash != null
                && hash.asText().equals(Digests.sha256Hex(Json.text(entry)))
                && (first || entry.path(PREVIOUS).asText().equals(previous));
    }
}
