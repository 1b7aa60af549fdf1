package com.claudemesh.distribution;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the application server has written since it was started, searched for the reason why it will not get ready. */
final class StartupLog {
    /** From the most to the least telling. */
    private static final List<Pattern> REASONS = List.of(
            Pattern.compile("InvalidSettingException: (?<reason>[^\\r\\n]+)"),
            Pattern.compile("(?<reason>the database schema could not be brought up to date: [^\\r\\n]+)"),
            Pattern.compile("(?<reason>the data directory is not writable: [^\\r\\n]+)"),
            Pattern.compile("(?<reason>java\\.lang\\.OutOfMemoryError[^\\r\\n]*)"),
            Pattern.compile("(?<reason>Address already in use[^\\r\\n]*)"),
            Pattern.compile("Boot Command (?<reason>[a-z-]+ failed[^\\r\\n]*)"),
            Pattern.compile("(?<reason>Exception while loading the app[^\\r\\n]*)"),
            Pattern.compile("(?<reason>Exception during lifecycle processing[^\\r\\n]*)"));

    private static final int MAX_BYTES = 4_194_304;

    private final Path log;
    private final Mark mark;
    private final Path console;

    /** A place in a file, which rotation may replace by another file of the same name. */
    private record Mark(@Nullable Object fileKey, long size) {
        static Mark endOf(Path file) throws IOException {
            if (!Files.exists(file)) {
                return new Mark(null, 0);
            }
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(attributes.fileKey(), attributes.size());
        }
    }

    private StartupLog(Path log, Mark mark, Path console) {
        this.log = log;
        this.mark = mark;
        this.console = console;
    }

    /** To be called before the server is started. */
    static StartupLog from(DataDirectory data) throws IOException {
        Files.deleteIfExists(data.serverConsole());
        return new StartupLog(data.serverLog(), Mark.endOf(data.serverLog()), data.serverConsole());
    }

    /** Why the start has failed, as one line; empty as long as nothing says that it has. */
    Optional<String> fatal() throws IOException {
        boolean sameFile = Objects.equals(Mark.endOf(log).fileKey(), mark.fileKey());
        return fatalIn(read(console, 0) + "\n" + read(log, sameFile ? mark.size() : 0));
    }

    static Optional<String> fatalIn(String text) {
        for (Pattern pattern : REASONS) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher.group("reason").strip());
            }
        }
        return Optional.empty();
    }

    private static String read(Path file, long from) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long length = reader.length();
            long start = Math.min(from, length);
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, length - start)];
            reader.seek(start);
            reader.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
