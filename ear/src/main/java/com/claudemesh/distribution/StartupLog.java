package com.claudemesh.distribution;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private final long offset;
    private final Path console;

    private StartupLog(Path log, long offset, Path console) {
        this.log = log;
        this.offset = offset;
        this.console = console;
    }

    /** To be called before the server is started. */
    static StartupLog from(DataDirectory data) throws IOException {
        long size = Files.exists(data.serverLog()) ? Files.size(data.serverLog()) : 0;
        Files.deleteIfExists(data.serverConsole());
        return new StartupLog(data.serverLog(), size, data.serverConsole());
    }

    /** Why the start has failed, as one line; empty as long as nothing says that it has. */
    Optional<String> fatal() throws IOException {
        return fatalIn(read(console, 0) + "\n" + read(log, offset));
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
            // A log that is shorter than before has been rotated.
            long start = from > length ? 0 : from;
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, length - start)];
            reader.seek(start);
            reader.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
