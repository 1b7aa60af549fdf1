package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigFile;
import com.claudemesh.cli.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The private directory of one launched session: its own config.json, deleted when the session ends. */
final class SessionDirectory implements AutoCloseable {
    private static final String PREFIX = "claudemesh-";
    private static final String OWNER_FILE = "launcher.pid";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path directory;

    private SessionDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes a directory of mode 0700 with the configuration in it, mode 0600. */
    static SessionDirectory create(ClientConfig config) {
        try {
            Path directory = Files.createTempDirectory(PREFIX);
            PrivateFiles.makeDirectory(directory);
            PrivateFiles.replace(
                    directory.resolve(OWNER_FILE),
                    Long.toString(ProcessHandle.current().pid()));
            new ConfigFile(directory.resolve("config.json")).save(config);
            return new SessionDirectory(directory);
        } catch (IOException failed) {
            throw CliException.io("can't create a session directory: " + failed.getMessage());
        }
    }

    Path path() {
        return directory;
    }

    /** Deletes the directory; once it is gone, does nothing. */
    @Override
    public void close() {
        delete(directory);
    }

    /** Deletes directories of launchers that ended without cleaning up. Those of living launchers stay. */
    static void deleteAbandoned(Path temporaryDirectory, Instant now) {
        try (Stream<Path> found = Files.list(temporaryDirectory)) {
            found.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .filter(path -> isAbandoned(path, now))
                    .forEach(SessionDirectory::delete);
        } catch (IOException failed) {
            throw CliException.io("can't list " + temporaryDirectory + ": " + failed.getMessage());
        }
    }

    private static boolean isAbandoned(Path path, Instant now) {
        try {
            Optional<String> owner = PrivateFiles.read(path.resolve(OWNER_FILE));
            Instant changed = Files.getLastModifiedTime(path).toInstant();
            return owner.filter(pid -> pid.strip().matches("\\d{1,18}"))
                            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                            .isEmpty()
                    && owner.isPresent()
                    && changed.plus(ABANDONED_AFTER).isBefore(now);
        } catch (IOException | CliException goneOrForeign) {
            return false;
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw CliException.io("can't delete " + directory + ": " + failed.getMessage());
        }
    }
}
